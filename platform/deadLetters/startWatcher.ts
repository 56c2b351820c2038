import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { TaskTable } from '@taskfleet/toolbox/table';
import type { DeadMessage } from './deadMessage.ts';
import { handleLetter } from './handleLetter.ts';
import { readLetter } from './letter.ts';
import type { LetterOptions } from './letterOptions.ts';
import { receiveDead } from './letterQueue.ts';
import type { ServiceQueues } from './serviceQueues.ts';

export interface StartWatcherOptions {
  /** Whose contracts say how often a message is received before it is dead. */
  readonly fleet: Fleet;
  /** A client of its own: each dead-letter queue has a poll under way, and a client has 50 connections. */
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  readonly queues: ServiceQueues;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a receive waits for messages, from 1 to 20; 0 counts as 1, or an empty queue would be asked without a pause. */
  readonly pollSeconds: number;
}

export interface RunningWatcher {
  /** Takes nothing new, and resolves when every letter in hand is dealt with. */
  stop(): Promise<void>;
}

/** Pause after a receive that failed. */
const PAUSE_MS = 5_000;

/** Watches the dead-letter queue of every service: records what is in it, and puts back what is wanted back. */
export function startWatcher(options: StartWatcherOptions): RunningWatcher {
  const stopping = new AbortController();
  const watches = [...options.queues.keys()].map(async (service) =>
    watch(options, service, stopping.signal),
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(watches);
    },
  };
}

async function watch(
  { queues: all, ...options }: StartWatcherOptions,
  service: string,
  stopping: AbortSignal,
): Promise<void> {
  const queues = all.get(service);
  if (!queues) return;
  const own = { ...options, queues, log: options.log.child({ deadLettersOf: service }) };
  let failures = 0;
  while (!stopping.aborted) {
    try {
      const { sqs, pollSeconds } = options;
      const messages = await receiveDead(sqs, queues.deadLetterQueueUrl, Math.max(1, pollSeconds));
      if (failures > 0) own.log.event('receive.recovered', { failures });
      failures = 0;
      await handleAll(own, service, messages);
    } catch (error) {
      if (failures === 0) own.log.event('receive.failed', { error: String(error) });
      failures += 1;
      await options.clock.sleep(PAUSE_MS, stopping).catch(() => undefined);
    }
  }
}

/** Groups side by side, each in order: SQS may give several messages of one group. Never rejects. */
async function handleAll(
  options: LetterOptions,
  service: string,
  messages: readonly DeadMessage[],
): Promise<void> {
  const groups = [...Map.groupBy(messages, ({ groupId }) => groupId).values()];
  await Promise.all(
    groups.map(async (group) => {
      try {
        for (const message of group) await handleLetter(options, readLetter(service, message));
      } catch (error) {
        // What is left of the group is visible again soon.
        options.log.event('letter.failed', { error: String(error) });
      }
    }),
  );
}
