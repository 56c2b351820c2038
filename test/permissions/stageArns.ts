import { resourcesOf, serviceQueues } from '../fixtures/startParts.ts';
import type { QueueArns } from '../../infra/permissions/statements.ts';

type Stack = Parameters<typeof serviceQueues>[0];

/** An emulator knows no ARNs of tables and buckets: these stand for the stage's own. */
export const TABLE = 'arn:aws:dynamodb:us-east-1:1:table/tasks';
export const BUCKET = 'arn:aws:s3:::files';

export function queueOf(url: string): string {
  return `arn:aws:sqs:us-east-1:1:${url.split('/').at(-1)}`;
}

export function stageArns(stack: Stack) {
  return { topic: resourcesOf(stack).topicArn, table: TABLE, bucket: BUCKET };
}

export function queueArns(stack: Stack, service: string): QueueArns {
  const { queueUrl, deadLetterQueueUrl, highQueueUrl, lowQueueUrl } = serviceQueues(stack, service);
  return {
    queue: queueOf(queueUrl),
    deadLetterQueue: queueOf(deadLetterQueueUrl),
    priorityQueues: [highQueueUrl, lowQueueUrl].flatMap((url) => (url ? [queueOf(url)] : [])),
  };
}
