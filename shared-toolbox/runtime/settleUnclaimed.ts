import type { Clock } from '../clock.ts';
import type { Settlement } from '../consume/index.ts';
import { publishedAt, type TaskResultRecord } from '../contract/index.ts';
import type { HookCaller } from '../hooks/index.ts';
import type { Log } from '../log/index.ts';
import type { Statistics } from '../statistics/index.ts';
import { type Claim, recordCancelled, type TaskTable } from '../table/index.ts';
import { runFacts } from './observeAttempt.ts';
import type { Delivery } from './readDelivery.ts';

export interface UnclaimedOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'event'>;
  readonly hooks: HookCaller;
  readonly statistics: Pick<Statistics, 'count'>;
}

export interface RefusedClaim extends Claim {
  readonly kind: Exclude<Claim['kind'], 'claimed'>;
  /** The record as it is in the table. Default: `record`. */
  readonly met?: TaskResultRecord | undefined;
}

/** What becomes of a message whose task takes no attempt any more. Rejects when the table does. */
export async function settleUnclaimed(
  { table, clock, log, hooks, statistics }: UnclaimedOptions,
  { message, task }: Delivery,
  refused: RefusedClaim,
): Promise<Settlement> {
  const { kind, record } = refused;
  switch (kind) {
    case 'ended':
      log.event('task.redelivered', { state: record.state });
      return { kind: 'delete' };
    case 'cancelled': {
      const now = clock.now();
      const { cancel = { by: '', at: now } } = record;
      const { id } = message;
      const met = 'met' in refused ? refused.met : record;
      const times = { now, createdAt: publishedAt(message), retentionMs: task.retentionMs };
      const isWritten = await recordCancelled(table, { id, cancel, met, ...times });
      // Somebody wrote in between: what is to be done is seen when the message comes back.
      if (!isWritten) return { kind: 'return' };
      log.event('task.cancelled', { attempt: record.attempt, by: cancel.by });
      statistics.count(message.task, 'cancelled');
      const facts = () => ({ ...runFacts({ message, task }, record.attempt), by: cancel.by });
      await hooks.call('onCancel', facts);
      return { kind: 'delete' };
    }
    case 'exhausted': {
      const reason = reasonOf(record, task.retry.maxAttempts);
      log.event('message.refused', { reason });
      return { kind: 'deadLetter', reason };
    }
  }
}

/** Only a worker that died leaves its last attempt without an end; or the policy allows fewer attempts than it did. */
function reasonOf({ state, attempt }: TaskResultRecord, maxAttempts: number): string {
  return state === 'running'
    ? `its worker was killed or lost in the last of ${maxAttempts} attempts`
    : `${attempt} attempts were made, and its contract allows ${maxAttempts} by now`;
}
