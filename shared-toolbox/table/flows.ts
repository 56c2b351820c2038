import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { taskId } from '../contract/taskFields.ts';
import type { TaskId, TaskRecord } from '../contract/index.ts';
import { epochSeconds, expiryOf } from './expiry.ts';
import { flowKey, shardOf, TASK_TABLE } from './layout.ts';
import { placesOf, type Stored } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';
import { type Update, updateExpression } from './updateExpression.ts';

const instant = z.int().nonnegative();

const failureSchema = z.object({
  node: z.string(),
  taskId: z.string(),
  state: z.enum(['failed', 'cancelled', 'expired', 'dead']),
  error: z.object({ name: z.string(), message: z.string() }),
});

export const FLOW_STATES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

const flowSchema = z.object({
  v: z.literal(1),
  id: taskId,
  state: z.enum(FLOW_STATES),
  /** JSON; left out when the bucket has it. It may hold secrets: it is shown to nobody. */
  plan: z.string().optional(),
  planAt: z.string().optional(),
  /** Whether the inputs of its first tasks may hold secrets, and are still in the plan. */
  secret: z.literal(true).optional(),
  creator: z.string().optional(),
  subject: z.string().optional(),
  parent: taskId.optional(),
  root: taskId,
  createdAt: instant,
  /** When the platform is to begin it, unless its start was confirmed; then it is left out. */
  dueAt: instant.optional(),
  /** Of the task that keeps its records longest. */
  retentionMs: z.number(),
  finishedAt: instant.optional(),
  failure: failureSchema.optional(),
  cancelledBy: z.string().optional(),
  /** Whether the callback of its end is published. */
  told: z.literal(true).optional(),
});

/** A flow: the plan of a canvas, and what became of it. */
export type Flow = Readonly<z.output<typeof flowSchema>>;
export type FlowFailed = z.output<typeof failureSchema>;

/** The shard of the due index in which flows wait until their start is confirmed. Apart from tasks: they are looked for less often. */
const START_SHARD = 'flows';
const FLOWS_PER_READ = 100;

/** Keeps a flow. Resolves to whether there was none with its id. Five write units for a small one, two more with a parent and a subject. */
export async function putFlow(table: TaskTable, flow: Flow, startBy: number): Promise<boolean> {
  const item = {
    ...keyOf(flow.id),
    ...flow,
    ...placesOf(flow),
    dueShard: START_SHARD,
    dueAt: startBy,
  };
  const put = new PutItemCommand({
    TableName: table.tableName,
    Item: marshall(item, { removeUndefinedValues: true }),
    ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})`,
  });
  return unlessRefused(table.dynamodb.send(put));
}

/** Consistent. undefined for an unknown one. */
export async function readFlow(table: TaskTable, id: TaskId): Promise<Flow | undefined> {
  const Key = marshall(keyOf(id));
  const get = new GetItemCommand({ TableName: table.tableName, Key, ConsistentRead: true });
  const { Item } = await table.dynamodb.send(get);
  return Item && flowFrom(Item);
}

/** Says that the first tasks are out, and that what follows is in their hands. `kept` goes in the place of the plan. */
export async function confirmFlow(
  table: TaskTable,
  id: TaskId,
  kept: Pick<Flow, 'plan'> = {},
): Promise<void> {
  const remove = ['dueShard', 'dueAt', 'secret'];
  const begun = { set: { ...kept, state: 'running' }, remove, condition: inStates('queued') };
  if (await update(table, id, begun)) return;
  // It has ended meanwhile.
  const ended = inStates('succeeded', 'failed', 'cancelled');
  await update(table, id, { set: kept, remove, condition: ended });
}

export type FlowEnd =
  | { readonly state: 'succeeded' }
  | { readonly state: 'failed'; readonly failure: FlowFailed }
  | { readonly state: 'cancelled'; readonly cancelledBy: string };

/** Ends a flow, the first time. Resolves to whether it was this time. One that ends while it is begun is due all the same, until that is done. */
export async function endFlow(
  table: TaskTable,
  { id, createdAt, retentionMs }: Flow,
  { now, ...end }: FlowEnd & { readonly now: number },
): Promise<boolean> {
  const failed = end.state === 'failed' && { failedShard: shardOf(id), failedAt: now };
  const expiresAt = epochSeconds(expiryOf({ createdAt, endedAt: now, retentionMs }));
  return update(table, id, {
    set: { ...end, ...failed, finishedAt: now, [TASK_TABLE.timeToLive]: expiresAt },
    condition: inStates('queued', 'running'),
  });
}

/** Says that the callback of its end is out. */
export async function noteTold(table: TaskTable, id: TaskId): Promise<void> {
  const set = { told: true };
  await update(table, id, { set, condition: inStates('succeeded', 'failed') });
}

/** Ids of up to a hundred flows whose start should have been confirmed by now. */
export async function readUnstarted(table: TaskTable, until: number): Promise<TaskId[]> {
  const { Items = [] } = await table.dynamodb.send(
    new QueryCommand({
      TableName: table.tableName,
      IndexName: 'due',
      KeyConditionExpression: '#shard = :shard AND #dueAt <= :until',
      ExpressionAttributeNames: { '#shard': 'dueShard', '#dueAt': 'dueAt' },
      ExpressionAttributeValues: marshall({ ':shard': START_SHARD, ':until': until }),
      Limit: FLOWS_PER_READ,
    }),
  );
  return Items.map((item) => taskId.parse(item[TASK_TABLE.partitionKey]?.S?.split('#')[1]));
}

async function update(table: TaskTable, id: TaskId, change: Update): Promise<boolean> {
  const command = new UpdateItemCommand({
    TableName: table.tableName,
    Key: marshall(keyOf(id)),
    ...updateExpression(change),
  });
  return unlessRefused(table.dynamodb.send(command));
}

function inStates(...states: readonly Flow['state'][]) {
  const list = states.map((state) => `:if_${state}`).join(', ');
  const values = Object.fromEntries(states.map((state) => [state, state]));
  return { expression: `#state IN (${list})`, names: ['state'], values };
}

export function flowFrom(stored: Stored): Flow {
  return flowSchema.parse(unmarshall(stored));
}

/** A flow as it stands among the tasks of its family. */
export function flowRecord(flow: Flow): TaskRecord {
  const { id, state, creator, subject, parent, root, createdAt, finishedAt, failure } = flow;
  return {
    id,
    worker: 'flow',
    task: 'flow',
    state,
    attempt: 0,
    root,
    createdAt,
    ...(creator !== undefined && { creator }),
    ...(subject !== undefined && { subject }),
    ...(parent !== undefined && { parent }),
    ...(finishedAt !== undefined && { finishedAt }),
    ...(failure && { error: errorOf(failure) }),
    ...(flow.cancelledBy !== undefined && {
      error: { name: 'CancelledError', message: `cancelled by ${flow.cancelledBy}`, attempt: 0 },
    }),
  };
}

function errorOf({ node, taskId: id, state, error }: FlowFailed) {
  return { name: error.name, message: `${node} (${id}) ${state}: ${error.message}`, attempt: 0 };
}

function keyOf(id: TaskId) {
  return { [TASK_TABLE.partitionKey]: flowKey(id) };
}
