import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { TASK_TABLE } from '@taskfleet/toolbox/table';
import { queueDepth } from '../fixtures/queueDepth.ts';
import type { PlatformUnderTest } from '../platform/startPlatformUnderTest.ts';

/** What requests have left in the stage: items of the table but keys, as they are, messages of all queues, objects of the bucket. */
export async function tracesOf({ clients, table, bucket, queues }: PlatformUnderTest) {
  const { Items = [] } = await table.dynamodb.send(
    new ScanCommand({ TableName: table.tableName, ConsistentRead: true }),
  );
  const items = Items.filter((item) => !item[TASK_TABLE.partitionKey]?.S?.startsWith('key#'));
  const addresses = [...queues.values()].flatMap((service) => Object.values(service));
  const depths = await Promise.all(
    addresses.filter((url) => url !== undefined).map(async (url) => queueDepth(clients.sqs, url)),
  );
  const { KeyCount = 0 } = await bucket.s3.send(
    new ListObjectsV2Command({ Bucket: bucket.bucketName }),
  );
  return {
    items: items.toSorted((a, b) => idOf(a).localeCompare(idOf(b))),
    messages: depths.reduce((sum, depth) => sum + depth, 0),
    objects: KeyCount,
  };
}

/** Of a stage that nobody has used. */
export const NO_TRACES = { items: [], messages: 0, objects: 0 } as const;

function idOf(item: Readonly<Record<string, { readonly S?: string | undefined }>>): string {
  return item[TASK_TABLE.partitionKey]?.S ?? '';
}
