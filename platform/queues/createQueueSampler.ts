import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Log } from '@taskfleet/toolbox/log';
import { type Grain, GRAINS, periodOf, periodStart } from '@taskfleet/toolbox/statistics';
import {
  type DepthsToKeep,
  putDepths,
  putDepthsOnce,
  type QueueDepth,
  type QueueDepths,
  readDepths,
  type TaskTable,
} from '@taskfleet/toolbox/table';
import type { QueuePair, ServiceQueues } from '../deadLetters/index.ts';
import { countDeadLetters, countMessages, urlsOf } from './countMessages.ts';
import { addDepths, maxDepths } from './depths.ts';
import { oldestOf } from './oldestOf.ts';

export interface QueueSamplerOptions {
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  readonly queues: ServiceQueues;
  readonly clock: Pick<Clock, 'now' | 'sleep' | 'random'>;
  readonly log: Pick<Log, 'event'>;
}

/** How long a queue may take to answer; the next call asks again. */
const WITHIN_MS = 5_000;

/**
 * Returns what is to be called every few seconds: once in each minute, by whichever replica is first, it keeps what is in the queues. The
 * call never rejects; what fails is said once.
 */
export function createQueueSampler(options: QueueSamplerOptions): () => Promise<void> {
  let sampled: number | undefined;
  let isFailing = false;
  return async () => {
    const minute = periodStart(GRAINS.minute, options.clock.now());
    if (minute === sampled) return;
    try {
      await sample(options, minute);
      sampled = minute;
      isFailing = false;
    } catch (error) {
      if (!isFailing) options.log.event('depths.failed', { error: String(error) });
      isFailing = true;
    }
  };
}

/** An hour has the most of its minutes. Whoever keeps a minute adds to it, so that two seldom do at once. */
async function sample(options: QueueSamplerOptions, minute: number): Promise<void> {
  const { table } = options;
  const depths = await depthsOf(options, minute);
  if (!(await putDepthsOnce(table, kept(GRAINS.minute, minute, depths)))) return;
  const hour = periodStart(GRAINS.hour, minute);
  const before = await readDepths(table, periodOf(GRAINS.hour, hour));
  await putDepths(table, kept(GRAINS.hour, hour, mostOf(before, depths)));
}

function mostOf(...all: readonly QueueDepths[]): QueueDepths {
  const services = new Set(all.flatMap((depths) => [...depths.keys()]));
  const of = (service: string) => all.flatMap((depths) => depths.get(service) ?? []);
  return new Map([...services].map((service) => [service, maxDepths(of(service))]));
}

function kept(grain: Grain, start: number, depths: QueueDepths): DepthsToKeep {
  const expiresAt = start + grain.lengthMs + grain.keptMs;
  return { period: periodOf(grain, start), depths, expiresAt };
}

async function depthsOf(options: QueueSamplerOptions, minute: number): Promise<QueueDepths> {
  const { sqs, queues } = options;
  const signal = AbortSignal.timeout(WITHIN_MS);
  const counted = await Promise.all(
    [...queues].map(async ([service, pair]) => {
      return [service, await countsOf(sqs, pair, signal)] as const;
    }),
  );
  const behind = counted.filter(([, { visible }]) => visible > 0).map(([service]) => service);
  const oldest = await oldestOf(options, behind, minute);
  return new Map(
    counted.map(([service, counts]) => {
      return [
        service,
        { ...counts, oldestMs: oldest.get(service) ?? (counts.visible > 0 ? null : 0) },
      ];
    }),
  );
}

async function countsOf(
  sqs: SQSClient,
  pair: QueuePair,
  signal: AbortSignal,
): Promise<Omit<QueueDepth, 'oldestMs'>> {
  const [deadLetters, ...counts] = await Promise.all([
    countDeadLetters(sqs, pair, signal),
    ...urlsOf(pair).map(async ([, url]) => countMessages(sqs, url, signal)),
  ]);
  return { ...addDepths(counts), deadLetters };
}
