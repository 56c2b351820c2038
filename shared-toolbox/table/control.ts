import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { isTaskId, type TaskId, workerOfId } from '../contract/index.ts';
import { TASK_TABLE } from './layout.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';

const isId = (value: unknown) => typeof value === 'string' && isTaskId(value);

/**
 * What the processes of a worker are told while they run. One item for each worker, so that it costs a process one read
 * every few seconds whatever the number of its tasks.
 */
const controlSchema = z.object({
  v: z.literal(1),
  /** Grows with every change. */
  revision: z.int().positive(),
  /** Running tasks that are to end, the last to be told at the end. */
  cancels: z.array(
    z.object({ id: z.custom<TaskId>(isId), by: z.string(), at: z.int().nonnegative() }),
  ),
});

type Control = z.output<typeof controlSchema>;

export type CancelNotice = Control['cancels'][number];

/** Longer than the longest lease, 10 minutes: a process that has not read the item for so long holds no task any more. */
const KEPT_MS = 15 * 60_000;

/** Keeps the item, which is written whole, at some 100 KB. A task told before these is cancelled at its next claim. */
const MOST_NOTICES = 1_000;

export function controlKey(worker: string): string {
  return `control#${worker}`;
}

/** Running tasks of the worker that are to end. One half of a read unit. */
export async function readCancels(
  table: TaskTable,
  worker: string,
): Promise<readonly CancelNotice[]> {
  return (await readControl(table, worker))?.cancels ?? [];
}

/** Tells the worker's processes that a task is to end. */
export async function tellCancel(table: TaskTable, notice: CancelNotice): Promise<void> {
  const worker = workerOfId(notice.id);
  for (;;) {
    const control = await readControl(table, worker, true);
    if (await writeControl(table, worker, withNotice(control, notice))) return;
  }
}

function withNotice(control: Control | undefined, notice: CancelNotice): Control {
  const { revision = 0, cancels = [] } = control ?? {};
  const kept = cancels.filter(({ id, at }) => id !== notice.id && at > notice.at - KEPT_MS);
  return { v: 1, revision: revision + 1, cancels: [...kept, notice].slice(-MOST_NOTICES) };
}

async function readControl(
  { dynamodb, tableName }: TaskTable,
  worker: string,
  isConsistent = false,
): Promise<Control | undefined> {
  const Key = marshall({ [TASK_TABLE.partitionKey]: controlKey(worker) });
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key, ConsistentRead: isConsistent }),
  );
  return Item && controlSchema.parse(unmarshall(Item));
}

/** Resolves to whether it was written; if not, somebody else wrote since. */
async function writeControl(
  { dynamodb, tableName }: TaskTable,
  worker: string,
  control: Control,
): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: marshall({ [TASK_TABLE.partitionKey]: controlKey(worker), ...control }),
    ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey}) OR #revision = :before`,
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: marshall({ ':before': control.revision - 1 }),
  });
  return unlessRefused(dynamodb.send(put));
}
