import {
  PublishError,
  StoredValueError,
  type TaskMessage,
  TooLargeError,
  UnavailableError,
  ValidationError,
} from '../contract/index.ts';

/** What is known of a task whose contract may be another worker's. */
export interface PostedTask {
  /** Task name. */
  readonly task: string;
  readonly retentionMs: number;
}

/** Publishes a message that is made already, or keeps it in the table while the topic is away. Rejects when it can do neither. */
export type Post = (task: PostedTask, message: TaskMessage) => Promise<void>;

/** Whether trying again would fail again. */
export function isForGood(error: unknown): error is Error {
  if (error instanceof UnavailableError) return false;
  return [PublishError, TooLargeError, StoredValueError, ValidationError].some(
    (kind) => error instanceof kind,
  );
}
