import { orAborted, type Silence } from '@taskfleet/toolbox/consume';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { DeadMessage } from './deadMessage.ts';
import { handleLetter } from './handleLetter.ts';
import { readLetter } from './letter.ts';
import type { LetterOptions } from './letterOptions.ts';
import { receiveDead } from './letterQueue.ts';

export interface WatchQueueOptions extends LetterOptions {
  readonly service: string;
  readonly clock: Clock;
  readonly pollSeconds: number;
  /** Asked before each receive: a promise holds the loop until it resolves. Must not reject. */
  readonly gate: () => Promise<void> | undefined;
  /** Hears of every receive that succeeds. */
  readonly silence: Silence;
  readonly stopping: AbortSignal;
}

/** Pause after a receive that failed. */
const PAUSE_MS = 5_000;

/** Deals with the letters of one service until it is stopped. Never rejects. */
export async function watchQueue(options: WatchQueueOptions): Promise<void> {
  const { log, clock, stopping, silence } = options;
  let failures = 0;
  while (!stopping.aborted) {
    await silence.excuse(untilOpen(options));
    if (stopping.aborted) break;
    try {
      const messages = await receive(options);
      silence.broken();
      if (failures > 0) log.event('receive.recovered', { failures });
      failures = 0;
      await handleAll(options, messages);
    } catch (error) {
      if (failures === 0) log.event('receive.failed', { error: String(error) });
      failures += 1;
      await clock.sleep(PAUSE_MS, stopping).catch(() => undefined);
    }
  }
}

async function untilOpen({ gate, stopping }: WatchQueueOptions): Promise<void> {
  for (let held = gate(); held && !stopping.aborted; held = gate()) await orAborted(held, stopping);
}

async function receive({ sqs, queues, pollSeconds }: WatchQueueOptions): Promise<DeadMessage[]> {
  return receiveDead(sqs, queues.deadLetterQueueUrl, Math.max(1, pollSeconds));
}

/** Groups side by side, each in order: SQS may give several messages of one group. Never rejects. */
async function handleAll(
  options: WatchQueueOptions,
  messages: readonly DeadMessage[],
): Promise<void> {
  const groups = [...Map.groupBy(messages, ({ groupId }) => groupId).values()];
  await Promise.all(
    groups.map(async (group) => {
      try {
        for (const message of group) {
          await handleLetter(options, readLetter(options.service, message));
        }
      } catch (error) {
        // What is left of the group is visible again soon.
        options.log.event('letter.failed', { error: String(error) });
      }
    }),
  );
}
