import type { ArtifactBucket } from '../artifacts/index.ts';
import { isOutage } from '../breaker/index.ts';
import {
  LARGEST_VALUE_BYTES,
  inputKey,
  PublishError,
  publishedAt,
  type TaskMessage,
  TooLargeError,
  UnavailableError,
} from '../contract/index.ts';
import { putValue } from '../offload/index.ts';
import { SOON_MS } from './publishFailure.ts';
import type { Prepared } from './prepare.ts';

/**
 * Puts a message's input into the bucket, and gives the message that refers to it. Throws TooLargeError above 50 MiB,
 * UnavailableError when the bucket does not answer, PublishError when it refuses.
 */
export async function offloadInput(
  bucket: ArtifactBucket,
  task: Prepared['task'],
  { input, ...message }: TaskMessage,
): Promise<TaskMessage> {
  const text = JSON.stringify(input);
  const inputBytes = Buffer.byteLength(text);
  if (inputBytes > LARGEST_VALUE_BYTES) {
    throw new TooLargeError(`the input of ${task.name}`, inputBytes, LARGEST_VALUE_BYTES);
  }
  const inputAt = inputKey(task, message.id, publishedAt(message) - message.createdAt);
  try {
    await putValue(bucket, { key: inputAt, text });
  } catch (cause) {
    throw storeFailure(message.id, cause);
  }
  return { ...message, inputAt, inputBytes };
}

function storeFailure(id: string, cause: unknown): PublishError {
  const what = cause instanceof Error ? cause.message || cause.name : String(cause);
  const reason = `its input could not be stored: ${what}`;
  if (!isOutage(cause)) return new PublishError(id, reason, { cause });
  return new UnavailableError(id, reason, { cause, retryAfterMs: SOON_MS });
}
