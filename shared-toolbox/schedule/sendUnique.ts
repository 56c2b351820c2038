import type { Clock } from '../clock.ts';
import { isTerminal, QUEUE_RETENTION_DAYS, type TaskId } from '../contract/index.ts';
import {
  giveUniqueBack,
  isDueKept,
  readTasks,
  readUnique,
  takeUnique,
  type TaskTable,
  type UniqueHolder,
} from '../table/index.ts';
import { type Prepared, withId } from './prepare.ts';
import type { Taken } from './scheduleVia.ts';
import { tableFailure } from './tableFailure.ts';

export interface UniqueOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'now'>;
  /** Resolves once the message is out, or kept. */
  readonly send: (prepared: Prepared) => Promise<void>;
}

/** A scheduler that died after it had taken the key, and before its publish, is not waited for longer. */
const UNSEEN_MS = 60_000;

/**
 * Sends a task, unless one with its unique key has not ended yet. Whoever takes the key goes on; it is not given back at the end, but
 * whoever meets it looks whether its holder has ended. Throws what `send` throws; UnavailableError when the table does not answer.
 */
export async function sendUnique(options: UniqueOptions, prepared: Prepared): Promise<Taken> {
  const { uniqueKey: key } = prepared;
  if (key === undefined) {
    await options.send(prepared);
    return { id: prepared.message.id, isDuplicate: false };
  }
  for (;;) {
    // Somebody may take the key in between: then that is whom it meets.
    const taken = await tryToTake(options, { ...prepared, key });
    if (taken) return taken;
  }
}

interface Wish extends Prepared {
  readonly key: string;
}

async function tryToTake(options: UniqueOptions, wish: Wish): Promise<Taken | undefined> {
  const { id } = wish.message;
  const met = await meet(options, wish).catch((cause: unknown) => {
    throw tableFailure(id, cause);
  });
  switch (met.kind) {
    case 'taken':
      await sendOrGiveBack(options, wish);
      return { id, isDuplicate: false };
    case 'own':
    case 'unseen':
      // Under the id that holds the key: if that was published after all, it is one task.
      await options.send(withId(wish, met.id));
      return { id: met.id, isDuplicate: false };
    case 'held':
      return { id: met.id, isDuplicate: true };
    case 'changed':
      return undefined;
  }
}

/**
 * What became of an attempt to take the key; `own`: the same task has it, whose publish nobody may have lived to see; `held`: its task
 * has not ended; `unseen`: nobody has ever seen that task.
 */
type Meeting =
  | { readonly kind: 'taken' | 'changed' }
  | { readonly kind: 'own' | 'held' | 'unseen'; readonly id: TaskId };

async function meet({ table, clock }: UniqueOptions, wish: Wish): Promise<Meeting> {
  const { task, key, message } = wish;
  const now = clock.now();
  const keptMs = task.retentionMs + QUEUE_RETENTION_DAYS * 86_400_000;
  const claim = { task: task.name, key, id: message.id, now, keptMs };
  if (await takeUnique(table, claim)) return { kind: 'taken' };
  const holder = await readUnique(table, claim);
  if (!holder) return { kind: 'changed' };
  if (holder.id === message.id) return { kind: 'own', id: holder.id };
  const state = await stateOf(table, holder, now);
  if (state !== 'ended') return { kind: state, id: holder.id };
  return { kind: (await takeUnique(table, claim, holder)) ? 'taken' : 'changed' };
}

async function stateOf(
  table: TaskTable,
  { id, at }: UniqueHolder,
  now: number,
): Promise<'ended' | 'held' | 'unseen'> {
  const [record] = await readTasks(table, [id]);
  if (record) return isTerminal(record.state) ? 'ended' : 'held';
  if (now - at < UNSEEN_MS || (await isDueKept(table, id))) return 'held';
  return 'unseen';
}

async function sendOrGiveBack({ table, send }: UniqueOptions, wish: Wish): Promise<void> {
  const { task, key, message } = wish;
  try {
    await send(wish);
  } catch (error) {
    // If it cannot be given back either, it is found out by its task that nobody has seen.
    await giveUniqueBack(table, { task: task.name, key, id: message.id }).catch(() => undefined);
    throw error;
  }
}
