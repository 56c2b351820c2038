import { TASK_TABLE } from '@taskfleet/toolbox/table';
import { z } from 'zod';
import type { AccessRequest } from './isAllowed.ts';

/** The ARNs that requests of these names and addresses are about. */
export interface Arns {
  readonly queueOf: (queueUrl: string) => string;
  readonly table: string;
  readonly bucket: string;
}

const key = z.looseObject({ [TASK_TABLE.partitionKey]: z.looseObject({ S: z.string() }) });
const keyOf = (item: unknown) => key.parse(item)[TASK_TABLE.partitionKey]?.S ?? '';

const sqsInput = z.looseObject({ QueueUrl: z.string() });
const snsInput = z.looseObject({ TopicArn: z.string() });
const subscriptionInput = z.looseObject({ SubscriptionArn: z.string() });
const listInput = z.looseObject({ Prefix: z.string().optional() });
const removalInput = z.looseObject({
  Delete: z.looseObject({ Objects: z.array(z.looseObject({ Key: z.string() })) }),
});
const s3Input = z.looseObject({ Key: z.string() });
const itemInput = z.looseObject({ Key: z.unknown().optional(), Item: z.unknown().optional() });
const queryInput = z.looseObject({ IndexName: z.string() });
const readsInput = z.looseObject({
  RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(z.unknown()) })),
});
const write = z.looseObject({
  PutRequest: z.looseObject({ Item: z.unknown() }).optional(),
  DeleteRequest: z.looseObject({ Key: z.unknown() }).optional(),
});
const writesInput = z.looseObject({ RequestItems: z.record(z.string(), z.array(write)) });

type Describe = (input: unknown, arns: Arns) => AccessRequest | readonly AccessRequest[];

const onQueue =
  (action: string): Describe =>
  (input, { queueOf }) => ({
    action: `sqs:${action}`,
    resource: queueOf(sqsInput.parse(input).QueueUrl),
  });

const onTopic =
  (action: string): Describe =>
  (input) => ({ action: `sns:${action}`, resource: snsInput.parse(input).TopicArn });

const onTable =
  (action: string): Describe =>
  (_input, { table }) => ({ action: `dynamodb:${action}`, resource: table });

const onBucket =
  (action: string): Describe =>
  (_input, { bucket }) => ({ action: `s3:${action}`, resource: bucket });

const onObject =
  (action: string): Describe =>
  (input, { bucket }) => ({
    action: `s3:${action}`,
    resource: `${bucket}/${s3Input.parse(input).Key}`,
  });

const onItem =
  (action: string): Describe =>
  (input, { table }) => {
    const { Key, Item } = itemInput.parse(input);
    return { action: `dynamodb:${action}`, resource: table, leadingKeys: [keyOf(Key ?? Item)] };
  };

/** SDK commands as IAM names them (docs.aws.amazon.com/service-authorization/latest/reference). */
const DESCRIPTIONS: Readonly<Record<string, Describe>> = {
  ReceiveMessageCommand: onQueue('ReceiveMessage'),
  DeleteMessageCommand: onQueue('DeleteMessage'),
  DeleteMessageBatchCommand: onQueue('DeleteMessage'),
  ChangeMessageVisibilityCommand: onQueue('ChangeMessageVisibility'),
  ChangeMessageVisibilityBatchCommand: onQueue('ChangeMessageVisibility'),
  SendMessageCommand: onQueue('SendMessage'),
  PublishBatchCommand: onTopic('Publish'),
  GetTopicAttributesCommand: onTopic('GetTopicAttributes'),
  GetQueueAttributesCommand: onQueue('GetQueueAttributes'),
  ListSubscriptionsByTopicCommand: onTopic('ListSubscriptionsByTopic'),
  GetSubscriptionAttributesCommand: (input) => ({
    action: 'sns:GetSubscriptionAttributes',
    resource: subscriptionInput.parse(input).SubscriptionArn,
  }),
  DescribeTableCommand: onTable('DescribeTable'),
  DescribeTimeToLiveCommand: onTable('DescribeTimeToLive'),
  DescribeContinuousBackupsCommand: onTable('DescribeContinuousBackups'),
  HeadBucketCommand: onBucket('ListBucket'),
  GetBucketLifecycleConfigurationCommand: onBucket('GetLifecycleConfiguration'),
  GetPublicAccessBlockCommand: onBucket('GetBucketPublicAccessBlock'),
  GetBucketEncryptionCommand: onBucket('GetEncryptionConfiguration'),
  // docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
  HeadObjectCommand: onObject('GetObject'),
  GetObjectCommand: onObject('GetObject'),
  PutObjectCommand: onObject('PutObject'),
  CreateMultipartUploadCommand: onObject('PutObject'),
  UploadPartCommand: onObject('PutObject'),
  CompleteMultipartUploadCommand: onObject('PutObject'),
  AbortMultipartUploadCommand: onObject('AbortMultipartUpload'),
  ListObjectsV2Command: (input, { bucket }) => ({
    action: 's3:ListBucket',
    resource: bucket,
    prefix: listInput.parse(input).Prefix,
  }),
  DeleteObjectsCommand: (input, { bucket }) =>
    removalInput.parse(input).Delete.Objects.map(({ Key }) => ({
      action: 's3:DeleteObject',
      resource: `${bucket}/${Key}`,
    })),
  GetItemCommand: onItem('GetItem'),
  PutItemCommand: onItem('PutItem'),
  UpdateItemCommand: onItem('UpdateItem'),
  DeleteItemCommand: onItem('DeleteItem'),
  QueryCommand: (input, { table }) => ({
    action: 'dynamodb:Query',
    resource: `${table}/index/${queryInput.parse(input).IndexName}`,
  }),
  BatchGetItemCommand: (input, { table }) => ({
    action: 'dynamodb:BatchGetItem',
    resource: table,
    leadingKeys: Object.values(readsInput.parse(input).RequestItems).flatMap(({ Keys }) =>
      Keys.map(keyOf),
    ),
  }),
  BatchWriteItemCommand: (input, { table }) => ({
    action: 'dynamodb:BatchWriteItem',
    resource: table,
    leadingKeys: Object.values(writesInput.parse(input).RequestItems)
      .flat()
      .map(({ PutRequest, DeleteRequest }) => keyOf(PutRequest?.Item ?? DeleteRequest?.Key)),
  }),
};

/** What IAM is asked for a command. Throws for one that is not known here. */
export function accessRequests(
  command: string,
  input: unknown,
  arns: Arns,
): readonly AccessRequest[] {
  const describe = DESCRIPTIONS[command];
  if (!describe) throw new RangeError(`nobody has said yet what IAM calls ${command}`);
  return [describe(input, arns)].flat();
}
