import { type Clock, systemClock } from '../clock.ts';
import { combineRecord, isFlowId, type TaskId, type TaskRecord } from '../contract/index.ts';
import { flowFrom, flowRecord } from './flows.ts';
import { definitionKey, dueKey, flowKey, resultKey, TASK_TABLE } from './layout.ts';
import { readItems } from './readItems.ts';
import { definitionFrom, resultFrom, type Stored, waitingDefinitionFrom } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';

/** Two keys a task, 100 keys a request (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const TASKS_PER_READ = 50;

export interface ReadTasksOptions {
  /**
   * Milliseconds since 1970: a task of which a part may go by then counts as gone. DynamoDB deletes days late, and a
   * definition without its expired result would look queued. Default: whatever is there counts.
   */
  readonly aliveAt?: number;
  /** Whether tasks that wait in the table to be published count too. Default false: a scheduler has no need to see them. */
  readonly waiting?: boolean;
  /** For the pauses when the table has no capacity. Default: the system's. */
  readonly clock?: Pick<Clock, 'sleep' | 'random'>;
}

/**
 * What is known of each task or flow, in the order of the ids; `undefined` for an id that has neither definition nor result.
 * Reads are consistent: what a worker has recorded is seen. Throws FormatError for a record of an unknown form,
 * and ThrottledError when the table has no capacity for several seconds.
 */
export async function readTasks(
  table: TaskTable,
  ids: readonly TaskId[],
  { aliveAt = 0, waiting = false, clock = systemClock }: ReadTasksOptions = {},
): Promise<(TaskRecord | undefined)[]> {
  const read = { table, clock };
  const stored = await readStored(read, ids, [definitionKey, resultKey]);
  if (waiting) {
    // Few tasks wait. Their definition once more: one that was published meanwhile waits no longer.
    const unknown = ids.filter((id) => !isFlowId(id) && !stored.has(definitionKey(id)));
    const found = await readStored(read, unknown, [definitionKey, dueKey]);
    for (const [key, item] of found) stored.set(key, item);
  }
  return ids.map((id) => (isGone(id, stored, aliveAt) ? undefined : join(id, stored)));
}

async function readStored(
  { table, clock }: { readonly table: TaskTable; readonly clock: Pick<Clock, 'sleep' | 'random'> },
  ids: readonly TaskId[],
  keysOf: readonly ((id: TaskId) => string)[],
): Promise<Map<string, Stored>> {
  const stored = new Map<string, Stored>();
  const read = async (some: readonly TaskId[]) => {
    const keys = some.flatMap((id) =>
      isFlowId(id) ? [flowKey(id)] : keysOf.map((keyOf) => keyOf(id)),
    );
    for (const item of await readItems(table, [...new Set(keys)], clock)) {
      stored.set(item[TASK_TABLE.partitionKey]?.S ?? '', item);
    }
  };
  const requests = Array.from({ length: Math.ceil(ids.length / TASKS_PER_READ) }, (_, i) =>
    ids.slice(i * TASKS_PER_READ, (i + 1) * TASKS_PER_READ),
  );
  await Promise.all(requests.map(read));
  return stored;
}

function isGone(id: TaskId, stored: ReadonlyMap<string, Stored>, aliveAt: number): boolean {
  return [definitionKey(id), resultKey(id), flowKey(id)].some((key) => {
    const expiresAt = stored.get(key)?.[TASK_TABLE.timeToLive]?.N;
    return expiresAt !== undefined && Number(expiresAt) * 1_000 <= aliveAt;
  });
}

function join(id: TaskId, stored: ReadonlyMap<string, Stored>): TaskRecord | undefined {
  const flow = stored.get(flowKey(id));
  if (flow) return flowRecord(flowFrom(flow));
  const definition = stored.get(definitionKey(id));
  const result = stored.get(resultKey(id));
  const waiting = stored.get(dueKey(id));
  if (!definition && !result && !waiting) return undefined;
  return combineRecord(id, {
    definition: definition && valueOrThrow(definitionFrom(definition)),
    result: result && valueOrThrow(resultFrom(result)),
    waiting: waiting && valueOrThrow(waitingDefinitionFrom(waiting)),
  });
}

function valueOrThrow<V>(
  parsed: { readonly ok: true; readonly value: V } | { readonly ok: false; readonly error: Error },
): V {
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}
