import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { FIRING_SHARD } from '@taskfleet/platform/periodic';
import { DUE_SHARDS, type TaskTable } from '@taskfleet/toolbox/table';

/** When what waits in the table is due, in milliseconds since 1970. */
export interface DueMoments {
  readonly messages: readonly number[];
  /** Of periodic tasks, the next firing of each. */
  readonly firings: readonly number[];
}

/** One request for all shards: the table of a test is small. */
export async function dueMoments({ dynamodb, tableName }: TaskTable): Promise<DueMoments> {
  const messages: number[] = [];
  const firings: number[] = [];
  const request = { TableName: tableName, IndexName: 'due' };
  let after: Pick<ConstructorParameters<typeof ScanCommand>[0], 'ExclusiveStartKey'> = {};
  do {
    const page = await dynamodb.send(new ScanCommand({ ...request, ...after }));
    for (const item of page.Items ?? []) {
      const { dueShard, dueAt } = unmarshall(item) as { dueShard: string; dueAt: number };
      if (dueShard === FIRING_SHARD) firings.push(dueAt);
      else if (DUE_SHARDS.includes(dueShard)) messages.push(dueAt);
    }
    after = page.LastEvaluatedKey ? { ExclusiveStartKey: page.LastEvaluatedKey } : {};
  } while (after.ExclusiveStartKey);
  return { messages, firings };
}
