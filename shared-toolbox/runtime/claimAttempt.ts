import { isTableOutage } from '../breaker/index.ts';
import type { HeldMessage, Settlement } from '../consume/index.ts';
import { publishedAt } from '../contract/index.ts';
import { claimTask, recordExpired } from '../table/index.ts';
import type { Attempt } from './attempt.ts';
import type { HandleOptions } from './handleMessage.ts';
import type { Delivery } from './readDelivery.ts';
import { settleUnclaimed } from './settleUnclaimed.ts';
import { stoppedFlow } from './stoppedFlow.ts';

/** Pause between tries while the table does not answer. */
const CLAIM_AGAIN_AFTER_MS = 1_000;

/** Seconds until a message comes back whose task could not be claimed. */
const BACK_AFTER_SECONDS = 2;

/**
 * The attempt that this message begins, or what becomes of the message instead. While the table does not answer, the message is held,
 * and the same claim made again: one whose answer was lost is known by its nonce. To give the message away would leave an attempt
 * that counts and was never run, and an outage would use up a task's attempts. Never rejects.
 */
export async function claimAttempt(
  options: HandleOptions,
  held: HeldMessage,
  delivery: Delivery,
): Promise<Attempt | Settlement> {
  const { clock, log, stopping, draining = stopping, waitsForTable = () => true } = options;
  const nonce = Buffer.from(clock.randomBytes()).toString('hex');
  const given = AbortSignal.any([held.signal, draining, stopping]);
  for (let failures = 0; ; failures += 1) {
    try {
      return await claim(options, held, { ...delivery, nonce });
    } catch (error) {
      if (failures === 0) log.event('claim.failed', { error: String(error) });
      const isWorthIt = isTableOutage(error) && waitsForTable();
      if (!isWorthIt || !held.isHeld() || given.aborted) {
        return { kind: 'hide', seconds: BACK_AFTER_SECONDS };
      }
      await clock.sleep(CLAIM_AGAIN_AFTER_MS, given).catch(() => undefined);
    }
  }
}

async function claim(
  options: HandleOptions,
  held: HeldMessage,
  { nonce, ...delivery }: Delivery & { readonly nonce: string },
): Promise<Attempt | Settlement> {
  const { table, clock, holder, statistics, stopping } = options;
  const { maxAttempts } = delivery.task.retry;
  const { id } = delivery.message;
  const now = clock.now();
  if (await hasExpired(options, delivery, now)) return { kind: 'delete' };
  const stopped = await stoppedFlow(options, delivery.message);
  if (stopped) return settleUnclaimed(options, delivery, stopped);
  const { kind, record } = await claimTask(table, { id, holder, nonce, now, maxAttempts });
  if (kind !== 'claimed') return settleUnclaimed(options, delivery, { kind, record });
  // Later claims do not change when the first was made.
  const waitedMs = now - publishedAt(delivery.message);
  if (record.startedAt === now) statistics.time(delivery.message.task, 'wait', waitedMs);
  return {
    ...delivery,
    number: record.attempt,
    token: record.token,
    snoozes: record.snoozes ?? 0,
    startedAt: clock.monotonic(),
    signal: AbortSignal.any([held.signal, stopping]),
  };
}

/** Ends a task that was to begin before now, unless an attempt was made already. */
async function hasExpired(
  { table, log, statistics }: HandleOptions,
  { message, task }: Delivery,
  now: number,
): Promise<boolean> {
  const { id, expires } = message;
  if (expires === undefined || now < expires) return false;
  const times = { now, createdAt: publishedAt(message), retentionMs: task.retentionMs };
  const isEnded = await recordExpired(table, { id, expires, ...times });
  if (!isEnded) return false;
  log.event('task.expired', { expires });
  statistics.count(message.task, 'expired');
  return true;
}
