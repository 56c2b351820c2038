import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TaskDefinitionRecord, TaskId } from '@taskfleet/toolbox/contract';
import {
  DEFINITIONS_PER_WRITE,
  putDefinitions,
  resultKey,
  shardOf,
  TASK_TABLE,
  type TaskTable,
} from '@taskfleet/toolbox/table';

const DAY_MS = 86_400_000;

/** The time over which tasks are spread, evenly. */
export const FILLED_MS: number = 10 * DAY_MS;

/** Longer than that: none is gone. */
const RETENTION_MS = 30 * DAY_MS;

/** Writes under way at once. */
const TOGETHER = 8;

export interface FillOptions {
  readonly table: TaskTable;
  readonly tasks: number;
  /** When the newest was scheduled. */
  readonly now: number;
  /** Told of every tenth. */
  readonly tell: (text: string) => void;
}

/** Of so many tasks one is of this kind. */
export const RARITY = { failed: 50, subject: 10_000, creator: 1_000, running: 20_000 } as const;

/** Puts definitions and results of tasks into the table, as tracker and workers would have. */
export async function fillTable({ table, tasks, now, tell }: FillOptions): Promise<void> {
  const batches = Math.ceil(tasks / DEFINITIONS_PER_WRITE);
  const spacingMs = FILLED_MS / tasks;
  let next = 0;
  const fill = async () => {
    for (let batch = next++; batch < batches; batch = next++) {
      const first = batch * DEFINITIONS_PER_WRITE;
      const size = Math.min(DEFINITIONS_PER_WRITE, tasks - first);
      const numbers = Array.from({ length: size }, (_, i) => first + i);
      const made = numbers.map((number) =>
        definitionOf(number, Math.floor(now - number * spacingMs)),
      );
      await Promise.all([putDefinitions(table, made.map(keep)), putResults(table, made, numbers)]);
      if (batch % Math.ceil(batches / 10) === 0)
        tell(`${first} of ${tasks} tasks are in the table`);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, fill));
}

/** Of a task by its number: the newest is 0. */
export function idOf(number: number): TaskId {
  return `sum_${number.toString(16).padStart(32, '0')}`;
}

function definitionOf(number: number, createdAt: number): TaskDefinitionRecord {
  const id = idOf(number);
  const isOf = (every: number) => number % every === 0;
  return {
    v: 1,
    id,
    task: 'sum.add',
    worker: 'sum',
    root: id,
    input: { a: number, b: 1 },
    createdAt,
    creator: isOf(RARITY.creator) ? 'rare' : `user-${number % 7}`,
    subject: isOf(RARITY.subject) ? 'project:rare' : `project:${number % 5_000}`,
  };
}

function keep(definition: TaskDefinitionRecord) {
  return { definition, retentionMs: RETENTION_MS };
}

async function putResults(
  { dynamodb, tableName }: TaskTable,
  definitions: readonly TaskDefinitionRecord[],
  numbers: readonly number[],
): Promise<void> {
  const puts = definitions.map((definition, i) => ({
    PutRequest: { Item: resultOf(definition, numbers[i] ?? 0) },
  }));
  await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: puts } }));
}

function resultOf({ id, createdAt }: TaskDefinitionRecord, number: number) {
  const running = number % RARITY.running === 1;
  const failed = number % RARITY.failed === 2;
  const state = running ? 'running' : failed ? 'failed' : 'succeeded';
  const finishedAt = createdAt + 700;
  return marshall({
    [TASK_TABLE.partitionKey]: resultKey(id),
    [TASK_TABLE.timeToLive]: Math.floor((createdAt + RETENTION_MS) / 1_000),
    v: 1,
    id,
    state,
    attempt: 1,
    token: 1,
    claim: 'claim',
    holder: 'sum-1',
    startedAt: createdAt + 200,
    ...(!running && { finishedAt }),
    ...(state === 'succeeded' && { output: JSON.stringify(number + 1) }),
    ...(failed && {
      error: { name: 'Error', message: 'no sum', attempt: 1 },
      failedShard: shardOf(id),
      failedAt: finishedAt,
    }),
  });
}
