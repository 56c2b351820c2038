import { isTableOutage } from '../breaker/index.ts';
import type { Clock } from '../clock.ts';
import type { HeldMessage, Settlement } from '../consume/index.ts';
import { isTerminal, LONGEST_DELAY_MS, type Worker } from '../contract/index.ts';
import type { Log } from '../log/index.ts';
import { readResult, recordTurn, takeTurn, type TaskTable } from '../table/index.ts';
import type { ProcessTurns } from './processTurns.ts';
import type { Delivery } from './readDelivery.ts';

export interface TurnOptions {
  readonly worker: Pick<Worker, 'name' | 'rateLimitMs'>;
  readonly table: TaskTable;
  /** Of this process, for all its tasks. */
  readonly turns: ProcessTurns;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly log: Pick<Log, 'event'>;
  /** Aborts when the grace period of a stopping worker is over. */
  readonly stopping: AbortSignal;
  /** Aborts when the worker begins nothing new. */
  readonly draining?: AbortSignal;
}

/** A turn that is so near is waited for with the message in hand: to hide and receive it again takes about as long. */
const WORTH_WAITING_MS = 1_000;

/** Seconds until a message comes back whose turn could not be had. */
const BACK_AFTER_SECONDS = 2;

/**
 * Waits for the turn of a task with a rate limit. Undefined once the turn has come. That of the fleet is waited for with the message in
 * hand for a short while, else by hiding the message until then; it is kept in the record, so that each attempt takes one, however
 * often its message is received. That of the process is waited for in hand: elsewhere it would be nobody's. Never rejects.
 */
export async function awaitTurn(
  options: TurnOptions,
  held: HeldMessage,
  delivery: Delivery,
): Promise<Settlement | undefined> {
  const { clock, log, stopping, draining = stopping, turns } = options;
  const given = AbortSignal.any([held.signal, draining, stopping]);
  try {
    const turnAt = (await turnOf(options, held, delivery)) ?? clock.now();
    const leftMs = turnAt - clock.now();
    if (leftMs > WORTH_WAITING_MS) return await hideUntil(options, delivery, turnAt);
    if (leftMs > 0) await clock.sleep(leftMs, given);
    const delayMs = turns.take(delivery.task);
    if (delayMs === 0) return undefined;
    log.event('task.throttled', { delayMs: Math.round(delayMs) });
    await clock.sleep(delayMs, given);
    return undefined;
  } catch (error) {
    if (draining.aborted || held.signal.aborted) return { kind: 'return' };
    log.event('turn.failed', { error: String(error) });
    return { kind: 'hide', seconds: isTableOutage(error) ? BACK_AFTER_SECONDS : 1 };
  }
}

interface Limit {
  readonly limited: string;
  readonly everyMs: number;
}

/** The limits of the fleet that an attempt has to keep: its task's, and that of all the worker's tasks together. */
function limitsFor({ worker }: TurnOptions, { task }: Delivery): Limit[] {
  return [
    { limited: task.name, everyMs: task.rateLimitMs },
    { limited: worker.name, everyMs: worker.rateLimitMs },
  ].flatMap(({ limited, everyMs }) => (everyMs === undefined ? [] : [{ limited, everyMs }]));
}

/** The turn that the record has kept, or else the next one that all limits allow. Undefined without one, and for a task that has ended. */
async function turnOf(
  options: TurnOptions,
  { receiveCount }: HeldMessage,
  delivery: Delivery,
): Promise<number | undefined> {
  const { table, clock } = options;
  const { id } = delivery.message;
  const limits = limitsFor(options, delivery);
  if (limits.length === 0) return undefined;
  // Only the first receive can know without asking.
  const record = receiveCount > 1 ? await readResult(table, id) : undefined;
  if (record && (isTerminal(record.state) || record.cancel)) return undefined;
  if (record?.turnAt !== undefined) return record.turnAt;
  const now = clock.now();
  const turns = limits.map(async (limit) => takeTurn(table, { ...limit, now }));
  return Math.max(...(await Promise.all(turns)));
}

async function hideUntil(
  { table, clock, log }: TurnOptions,
  { message }: Delivery,
  turnAt: number,
): Promise<Settlement | undefined> {
  // Of a task that runs or has ended, the claim says what becomes of its message.
  if (!(await recordTurn(table, message.id, turnAt))) return undefined;
  const delayMs = Math.min(LONGEST_DELAY_MS, turnAt - clock.now());
  log.event('task.throttled', { delayMs: Math.round(delayMs) });
  return { kind: 'hide', seconds: Math.ceil(delayMs / 1_000) };
}
