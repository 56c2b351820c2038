import type { Clock } from '@taskfleet/toolbox/clock';
import { type Grain, GRAINS, PLATFORM_WRITER, timesCounted } from '@taskfleet/toolbox/statistics';
import { type QueueDepths, readDepthsAt, type TaskTable } from '@taskfleet/toolbox/table';
import { type Counted, periodsOf, readCounted } from '../statistics/index.ts';
import { emptiedAt, type Look } from './emptiedAt.ts';

export interface OldestOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'sleep' | 'random'>;
}

const MINUTE_MS = GRAINS.minute.lengthMs;
const MINUTES = 60;
/** Messages stay in a queue for 14 days at most (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html). */
const HOURS = 14 * 24;

/**
 * For how long at most the oldest message of each of these services has waited, to a minute; null when nobody can know. From earlier
 * looks and from what is counted, because SQS tells it to CloudWatch alone. Reads no further back than what was said a minute ago.
 * All of them have messages that wait.
 */
export async function oldestOf(
  options: OldestOptions,
  services: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, number | null>> {
  if (services.length === 0) return new Map();
  const before = await looksAt(options, GRAINS.minute, [now - MINUTE_MS]);
  const answers = services.map(async (service) => {
    const last = before.get(now - MINUTE_MS)?.get(service);
    if (last?.visible === 0) return [service, MINUTE_MS] as const;
    const said = last?.oldestMs ?? null;
    return [service, await stillBehind(options, service, { now, said })] as const;
  });
  return new Map(await Promise.all(answers));
}

interface Known {
  readonly now: number;
  /** What was said a minute ago. */
  readonly said: number | null;
}

/** Of a queue that was not empty a minute ago either. */
async function stillBehind(
  options: OldestOptions,
  service: string,
  { now, said }: Known,
): Promise<number | null> {
  const longest = said === null ? null : said + MINUTE_MS;
  for (const [grain, most] of [
    [GRAINS.minute, MINUTES],
    [GRAINS.hour, HOURS],
  ] as const) {
    const periods = Math.ceil((longest ?? most * grain.lengthMs) / grain.lengthMs) + 1;
    const at = emptiedAt(
      await looksBack(options, { service, grain, now, count: Math.min(most, periods) }),
    );
    if (at !== undefined) return Math.min(now - at, longest ?? Infinity);
    if (periods <= most) break;
  }
  return longest;
}

interface Back {
  readonly service: string;
  readonly grain: Grain;
  readonly now: number;
  /** So many periods. */
  readonly count: number;
}

async function looksBack(options: OldestOptions, back: Back): Promise<Look[]> {
  const { service, grain, now, count } = back;
  const { lengthMs } = grain;
  const present = Math.floor(now / lengthMs) * lengthMs;
  const steps = Array.from({ length: count + 1 }, (_, i) => present - i * lengthMs);
  const [looks, counted] = await Promise.all([
    looksAt(options, grain, steps.slice(1)),
    readCounted(options, { writers: [service], grain, steps, stepMs: lengthMs }),
  ]);
  let begunSince = 0;
  return steps.flatMap((start) => {
    const visible = looks.get(start)?.get(service)?.visible;
    // An hour knows the most of its minutes: at the last of them no more waited.
    const at = start + lengthMs - MINUTE_MS;
    const look = visible === undefined ? [] : [{ at, visible, begunSince }];
    begunSince += begunIn(counted, service, start);
    return look;
  });
}

/** Tasks that a worker began, or that the tracker kept. */
function begunIn(counted: Counted, service: string, at: number): number {
  const counts = counted.names.map((task) => counted.of(task, at));
  return counts.reduce(
    (sum, one) =>
      sum + (service === PLATFORM_WRITER ? (one.get('scheduled') ?? 0) : timesCounted(one, 'wait')),
    0,
  );
}

/** What was kept, by when each period begins. */
async function looksAt(
  { table, clock }: OldestOptions,
  grain: Grain,
  starts: readonly number[],
): Promise<ReadonlyMap<number, QueueDepths>> {
  const periods = periodsOf(grain, starts, grain.lengthMs);
  const found = await readDepthsAt(table, [...periods.keys()], clock);
  return new Map([...found].map(([period, depths]) => [periods.get(period) ?? NaN, depths]));
}
