import type { PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Where a stage keeps things. ARNs, or CDK tokens for them. */
export interface StageArns {
  readonly topic: string;
  readonly table: string;
  readonly bucket: string;
  /** The customer's key, where a stage is encrypted with one. */
  readonly key?: string | undefined;
}

/** The queues of one service. ARNs, or CDK tokens for them. */
export interface QueueArns {
  readonly queue: string;
  /** Of a worker with priorities: those of what is not normal. */
  readonly priorityQueues?: readonly string[];
  readonly deadLetterQueue: string;
}

/** The queues of one service, but for its dead letters. */
export function queuesIn({ queue, priorityQueues = [] }: QueueArns): string[] {
  return [queue, ...priorityQueues];
}

type Allowed = Required<Pick<PolicyStatementProps, 'sid' | 'actions' | 'resources'>> &
  Pick<PolicyStatementProps, 'conditions'>;

/** A statement that allows: its `sid` says to a reader of the role what for. */
export function allow(allowed: Allowed): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, ...allowed });
}

/**
 * Items of the table whose keys begin so. The table has one, so that its partition key tells what an item is and whose
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html). `ForAllValues` is also true for a request
 * without keys, such as a scan: therefore no action that takes none is ever allowed with it.
 */
export function keysLike(...patterns: readonly string[]) {
  return { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...patterns] } };
}

/**
 * Lists of the bucket that are asked for below one of these prefixes. A request without a prefix, also the one that S3 makes by itself to
 * see whether somebody may know that an object is gone, has none of them (docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html).
 */
export function prefixesLike(...patterns: readonly string[]) {
  return { StringLike: { 's3:prefix': [...patterns] } };
}

/** For whoever may read every object: S3 says that one is gone to those alone who may list the bucket, by a check without a prefix. */
export function tellGoneFromForbidden(bucket: string): PolicyStatement {
  return allow({ sid: 'TellGoneFromForbidden', actions: ['s3:ListBucket'], resources: [bucket] });
}

/** What it takes to consume a queue: receive, extend and give back, delete. */
export const CONSUME = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
] as const;
