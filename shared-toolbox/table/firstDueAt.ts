import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import type { TaskTable } from './taskTable.ts';

const entrySchema = z.object({ dueAt: z.number() });

/**
 * When the first of a shard's messages that were due by then was due; undefined when none is left. By the index alone: what was published
 * a moment ago may still be named. Half a read unit.
 */
export async function firstDueAt(
  { dynamodb, tableName }: TaskTable,
  shard: string,
  until: number,
): Promise<number | undefined> {
  const { Items: [first] = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'due',
      KeyConditionExpression: '#shard = :shard AND #dueAt <= :until',
      ExpressionAttributeNames: { '#shard': 'dueShard', '#dueAt': 'dueAt' },
      ExpressionAttributeValues: marshall({ ':shard': shard, ':until': until }),
      Limit: 1,
    }),
  );
  return first && entrySchema.parse(unmarshall(first)).dueAt;
}
