import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { resultKey, TASK_TABLE, type TaskTable } from '@taskfleet/toolbox/table';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { SeenResult } from '../check/facts.ts';

const stored = z.object({
  id: z.string(),
  state: z.string(),
  attempt: z.int(),
  token: z.int(),
  holder: z.string(),
  finishedAt: z.int().optional(),
});

const KEYS_PER_READ = 100;

/** What stands in the results of these tasks now, with token and holder, which readers do not get. */
export async function readSeen(
  { dynamodb, tableName }: TaskTable,
  ids: readonly string[],
): Promise<SeenResult[]> {
  const seen: SeenResult[] = [];
  for (let start = 0; start < ids.length; start += KEYS_PER_READ) {
    const Keys = ids
      .slice(start, start + KEYS_PER_READ)
      .map((id) => marshall({ [TASK_TABLE.partitionKey]: resultKey(id as TaskId) }));
    const { Responses } = await dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
    );
    const at = Date.now();
    for (const item of Responses?.[tableName] ?? []) seen.push(seenIn(unmarshall(item), at));
  }
  return seen;
}

function seenIn(item: unknown, at: number): SeenResult {
  return { ...stored.parse(item), at };
}
