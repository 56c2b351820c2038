import { addCounts, percentileMs, PLATFORM_WRITER } from '@taskfleet/toolbox/statistics';
import { type QueueDepth, type QueueDepths, readDepthsAt } from '@taskfleet/toolbox/table';
import {
  type Counted,
  periodsOf,
  readCounted,
  type ReadStatisticsOptions,
  type StepsQuery,
  stepsOf,
} from '../statistics/index.ts';
import { queuesOf, type ServiceQueues } from '../deadLetters/index.ts';
import { maxDepths } from './depths.ts';

export interface QueueHistoryQuery extends StepsQuery {
  /** A worker's name, or `platform`. Default: all. */
  readonly service?: string | undefined;
}

/** What was in the queues over time. */
export interface QueueHistory {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  /** By name. */
  readonly services: readonly ServiceHistory[];
}

export interface ServiceHistory {
  readonly service: string;
  /** One for each step; null where nobody looked. */
  readonly points: readonly (DepthPoint | null)[];
}

/** The most that was in the queues at any look of a step. */
export interface DepthPoint extends QueueDepth {
  /** Where the step begins. */
  readonly at: number;
  /** How long 95 of a hundred tasks that were begun then had waited; null when none was. */
  readonly waitP95Ms: number | null;
}

export interface ReadQueueHistoryOptions extends ReadStatisticsOptions {
  readonly queues: ServiceQueues;
}

/**
 * Reads what the platform has kept of the queues, by keys that follow from the time. Minutes are known for 8 days, hours for 90. Throws
 * StatisticsRequestError and UnknownServiceError.
 */
export async function readQueueHistory(
  options: ReadQueueHistoryOptions,
  query: QueueHistoryQuery,
): Promise<QueueHistory> {
  const { table, clock, queues } = options;
  const { from, to, ...time } = stepsOf(query);
  const services = servicesOf(queues, query.service);
  const writers = services.filter((service) => service !== PLATFORM_WRITER);
  // First what refuses a time that is too long.
  const counted = await readCounted(options, { writers, ...time });
  const periods = periodsOf(time.grain, time.steps, time.stepMs);
  const looks = await readDepthsAt(table, [...periods.keys()], clock);
  const byStep = Map.groupBy(looks, ([period]) => periods.get(period));
  const pointOf = (service: string, at: number) =>
    depthPoint(at, byStep.get(at) ?? [], { service, counted });
  return {
    from,
    to,
    stepMs: time.stepMs,
    services: services.map((service) => ({
      service,
      points: time.steps.map((at) => pointOf(service, at)),
    })),
  };
}

function servicesOf(queues: ServiceQueues, service: string | undefined): readonly string[] {
  if (service === undefined) return [...queues.keys()].toSorted();
  queuesOf(queues, service);
  return [service];
}

function depthPoint(
  at: number,
  looks: readonly (readonly [string, QueueDepths])[],
  { service, counted }: { readonly service: string; readonly counted: Counted },
): DepthPoint | null {
  const known = looks.flatMap(([, depths]) => depths.get(service) ?? []);
  if (known.length === 0) return null;
  return { at, ...maxDepths(known), waitP95Ms: waitOf(counted, service, at) };
}

function waitOf(counted: Counted, service: string, at: number): number | null {
  const all = new Map<string, number>();
  const own = counted.names.filter((task) => task.startsWith(`${service}.`));
  for (const task of own) addCounts(all, counted.of(task, at));
  return percentileMs(all, 'wait', 0.95) ?? null;
}
