import {
  type BatchResultErrorEntry,
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  type SNSClient,
} from '@aws-sdk/client-sns';
import type { Sent } from '../aws/index.ts';
import {
  PublishError,
  routingKey,
  type TaskId,
  UnavailableError,
  WORKER_ATTRIBUTE,
  workerOfId,
} from '../contract/index.ts';
import { type Outgoing, TRACE_ATTRIBUTE } from './outgoing.ts';
import { SOON_MS } from './publishFailure.ts';

export interface Topic {
  readonly sns: SNSClient;
  readonly topicArn: string;
}

/** SNS's limits for a batch (docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html). */
export const MESSAGES_PER_PUBLISH = 10;
export const BYTES_PER_PUBLISH = 262_144;

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
  return entries.map(({ id }, i) => outcome(id, failed.get(String(i))));
}

function requestEntry(
  { id, body, groupId, priority, traceparent }: Outgoing,
  i: number,
): PublishBatchRequestEntry {
  return {
    Id: String(i),
    Message: body,
    MessageGroupId: groupId,
    MessageDeduplicationId: id,
    MessageAttributes: {
      [WORKER_ATTRIBUTE]: { DataType: 'String', StringValue: routingKey(workerOfId(id), priority) },
      ...(traceparent !== undefined && {
        [TRACE_ATTRIBUTE]: { DataType: 'String', StringValue: traceparent },
      }),
    },
  };
}

function outcome(id: TaskId, failed: BatchResultErrorEntry | undefined): Sent<void> {
  if (!failed) return { ok: true, value: undefined };
  const reason = failed.Message ?? failed.Code ?? 'refused';
  // The topic's own fault passes.
  const error =
    failed.SenderFault === false
      ? new UnavailableError(id, reason, { retryAfterMs: SOON_MS, cause: failed })
      : new PublishError(id, reason);
  return { ok: false, error };
}
