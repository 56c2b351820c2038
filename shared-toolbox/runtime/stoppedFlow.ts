import { isTerminal, type TaskMessage, type TaskResultRecord } from '../contract/index.ts';
import { readResult, readStop, type TaskTable } from '../table/index.ts';
import type { RefusedClaim } from './settleUnclaimed.ts';

/**
 * The claim that is refused to a task whose flow has failed or was cancelled: it ends as cancelled, unless it has ended. undefined for
 * one that may begin, and for a task of no flow. Rejects when the table does.
 */
export async function stoppedFlow(
  { table }: { readonly table: TaskTable },
  { id, flow }: Pick<TaskMessage, 'id' | 'flow'>,
): Promise<RefusedClaim | undefined> {
  const stop = flow && (await readStop(table, flow));
  if (!stop) return undefined;
  const met = await readResult(table, id);
  if (met && isTerminal(met.state)) return { kind: 'ended', record: met };
  const cancel = { by: stop.by, at: stop.at };
  return { kind: 'cancelled', record: { ...(met ?? unbegun(id)), cancel }, met };
}

/** Stands for the record of a task that nobody has ever claimed. */
function unbegun(id: TaskResultRecord['id']): TaskResultRecord {
  return { v: 1, id, state: 'queued', attempt: 0, token: 0, claim: '', holder: '' };
}
