import {
  type BatchResultErrorEntry,
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  type SNSClient,
} from '@aws-sdk/client-sns';
import type { Sent } from '../aws/index.ts';
import {
  messageGroupId,
  PublishError,
  serializeMessage,
  type TaskMessage,
  WORKER_ATTRIBUTE,
  workerOfId,
} from '../contract/index.ts';

/** SNS's limit for a batch (docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html). */
export const BYTES_PER_PUBLISH = 262_144;

export interface Topic {
  readonly sns: SNSClient;
  readonly topicArn: string;
}

/** A message on its way to the topic, serialized once. */
export interface Outgoing {
  readonly message: TaskMessage;
  readonly body: string;
  readonly groupId: string;
  /** Bytes that count against the topic's limit: body and attributes. */
  readonly sizeBytes: number;
}

/** Name, type and longest value of the one attribute. */
const ATTRIBUTE_BYTES = WORKER_ATTRIBUTE.length + 'String'.length + 31;

export function outgoing(message: TaskMessage): Outgoing {
  const body = serializeMessage(message);
  const sizeBytes = Buffer.byteLength(body) + ATTRIBUTE_BYTES;
  return { message, body, groupId: messageGroupId(message), sizeBytes };
}

/**
 * Publishes up to ten messages. The task's id is the deduplication id: sent again within five minutes it is no second
 * task, so the SDK's own retries are safe.
 */
export async function publishMessages(
  { sns, topicArn }: Topic,
  entries: readonly Outgoing[],
  abortSignal: AbortSignal,
): Promise<Sent<void>[]> {
  const { Failed = [] } = await sns.send(
    new PublishBatchCommand({
      TopicArn: topicArn,
      PublishBatchRequestEntries: entries.map(requestEntry),
    }),
    { abortSignal },
  );
  const failed = new Map(Failed.map((entry) => [entry.Id, entry]));
  return entries.map(({ message }, i) => outcome(message, failed.get(String(i))));
}

function requestEntry({ message, body, groupId }: Outgoing, i: number): PublishBatchRequestEntry {
  return {
    Id: String(i),
    Message: body,
    MessageGroupId: groupId,
    MessageDeduplicationId: message.id,
    MessageAttributes: {
      [WORKER_ATTRIBUTE]: { DataType: 'String', StringValue: workerOfId(message.id) },
    },
  };
}

function outcome({ id }: TaskMessage, failed: BatchResultErrorEntry | undefined): Sent<void> {
  if (!failed) return { ok: true, value: undefined };
  return { ok: false, error: new PublishError(id, failed.Message ?? failed.Code ?? 'refused') };
}
