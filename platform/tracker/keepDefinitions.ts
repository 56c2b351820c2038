import type { Sent } from '@taskfleet/toolbox/aws';
import { type DefinitionToKeep, putDefinitions, type TaskTable } from '@taskfleet/toolbox/table';
import { NotKeptError } from '../errors.ts';

/**
 * Keeps a batch of definitions and tells of each whether it is kept. DynamoDB refuses a whole batch for one entry that it
 * cannot take, and for two with the same key: the first are then written one by one, so that only the culprit fails; of
 * the second, one is written, as they are equal.
 */
export async function keepDefinitions(
  table: TaskTable,
  entries: readonly DefinitionToKeep[],
): Promise<Sent<void>[]> {
  const distinct = [...new Map(entries.map((entry) => [entry.definition.id, entry])).values()];
  const outcomes = await writeTogether(table, distinct);
  const byId = new Map(distinct.map(({ definition }, i) => [definition.id, outcomes[i]]));
  return entries.map(({ definition: { id } }) => byId.get(id) ?? failed(new NotKeptError(id)));
}

async function writeTogether(
  table: TaskTable,
  entries: readonly DefinitionToKeep[],
): Promise<Sent<void>[]> {
  try {
    const kept = await putDefinitions(table, entries);
    return entries.map(({ definition: { id } }, i) =>
      kept[i] ? { ok: true, value: undefined } : failed(new NotKeptError(id)),
    );
  } catch (error) {
    if (!isRefusal(error) || entries.length === 1) return entries.map(() => failed(error));
    return (await Promise.all(entries.map(async (entry) => writeTogether(table, [entry])))).flat();
  }
}

/** Whether DynamoDB can never take this, such as an item above 400 KB or an index key above 2,048 bytes. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationException';
}

function failed(error: unknown): Sent<void> {
  return { ok: false, error: error instanceof Error ? error : new Error(String(error)) };
}
