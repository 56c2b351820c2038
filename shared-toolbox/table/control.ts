import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { fieldProblems, FormatError, isTaskId, type TaskId } from '../contract/index.ts';
import { TASK_TABLE } from './layout.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';

const isId = (value: unknown) => typeof value === 'string' && isTaskId(value);
const instant = z.int().nonnegative();

/** Who wants it, and since when. */
const order = { by: z.string(), at: instant };

const wantedSchema = z.object({
  paused: z.object({ value: z.boolean(), ...order }).optional(),
  concurrency: z.object({ value: z.int().positive(), ...order }).optional(),
  /** Processes that began with an earlier revision are to end. */
  shutdown: z.object({ revision: z.int().positive(), ...order }).optional(),
});

const limitsSchema = z.object({
  timeLimitMs: z.int().positive().optional(),
  softTimeLimitMs: z.int().positive().optional(),
  /** Milliseconds between the starts of two attempts. */
  rateLimitMs: z.number().positive().optional(),
  ...order,
});

/**
 * What the processes of a worker are told while they run. One item for each worker, so that it costs a process one read
 * every few seconds whatever the number of its tasks.
 */
const controlSchema = z.object({
  v: z.literal(1),
  /** Grows with every change. */
  revision: z.int().nonnegative(),
  /** Running tasks that are to end, the last to be told at the end. */
  cancels: z.array(z.object({ id: z.custom<TaskId>(isId), ...order })),
  /** Of all the worker's processes, those that start later included. */
  wanted: wantedSchema.optional(),
  /** Of single processes, by their ids; it counts more than what is wanted of all. */
  processes: z.record(z.string(), wantedSchema).optional(),
  /** In place of the contract's, by the task's name. */
  limits: z.record(z.string(), limitsSchema).optional(),
});

export type Control = z.output<typeof controlSchema>;

export type CancelNotice = Control['cancels'][number];

/** What somebody wants of a worker's processes. */
export type Wanted = z.output<typeof wantedSchema>;

/** What somebody wants a task's limits to be. */
export type WantedLimits = z.output<typeof limitsSchema>;

const NOTHING: Control = { v: 1, revision: 0, cancels: [] };

export function controlKey(worker: string): string {
  return `control#${worker}`;
}

export interface ReadControlOptions {
  /** Sees every change that was acknowledged, for a whole read unit instead of half of one. */
  readonly isConsistent?: boolean;
}

/** What the worker's processes are told; revision 0 says that nobody has told them anything yet. Throws FormatError. */
export async function readControl(
  { dynamodb, tableName }: TaskTable,
  worker: string,
  { isConsistent = false }: ReadControlOptions = {},
): Promise<Control> {
  const Key = marshall({ [TASK_TABLE.partitionKey]: controlKey(worker) });
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key, ConsistentRead: isConsistent }),
  );
  return Item ? parseControl(worker, unmarshall(Item)) : NOTHING;
}

function parseControl(worker: string, value: unknown): Control {
  const { success, data, error } = controlSchema.safeParse(value);
  if (success) return data;
  throw new FormatError(controlKey(worker), fieldProblems(error)[0]);
}

/** What somebody changes; `revision` is the one that the change will have. */
export type ChangeControl = (before: Control, revision: number) => Partial<Control>;

/** Tells the worker's processes something more. Resolves to what they are told now. */
export async function changeControl(
  table: TaskTable,
  worker: string,
  change: ChangeControl,
): Promise<Control> {
  for (;;) {
    const before = await readControl(table, worker, { isConsistent: true });
    const revision = before.revision + 1;
    const after = { ...before, ...change(before, revision), revision };
    // If not written, somebody else has told them something since.
    if (await writeControl(table, worker, after)) return after;
  }
}

async function writeControl(
  { dynamodb, tableName }: TaskTable,
  worker: string,
  control: Control,
): Promise<boolean> {
  const stored = { [TASK_TABLE.partitionKey]: controlKey(worker), ...control };
  const put = new PutItemCommand({
    TableName: tableName,
    Item: marshall(stored, { removeUndefinedValues: true }),
    ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey}) OR #revision = :before`,
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: marshall({ ':before': control.revision - 1 }),
  });
  return unlessRefused(dynamodb.send(put));
}
