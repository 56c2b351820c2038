import {
  messageGroupId,
  type Priority,
  serializeMessage,
  type TaskDefinitionRecord,
  type TaskId,
  type TaskMessage,
  WORKER_ATTRIBUTE,
} from '../contract/index.ts';

/** A message on its way to the topic, serialized once. */
export interface Outgoing {
  readonly id: TaskId;
  readonly body: string;
  /** `MessageGroupId`. */
  readonly groupId: string;
  /** Default: normal. */
  readonly priority?: Priority | undefined;
}

/** A message that may have to wait in the table, and what people may see of its task meanwhile. */
export interface Keepable extends Outgoing {
  readonly definition: TaskDefinitionRecord;
}

/** Name, type and longest value of the one attribute: a worker's name and `.high`. */
const ATTRIBUTE_BYTES = WORKER_ATTRIBUTE.length + 'String'.length + 36;

export function outgoing(message: TaskMessage): Outgoing {
  const { id, priority } = message;
  return { id, priority, body: serializeMessage(message), groupId: messageGroupId(message) };
}

/** Bytes that count against the topic's limit: body and attributes. */
export function sizeBytesOf({ body }: Outgoing): number {
  return Buffer.byteLength(body) + ATTRIBUTE_BYTES;
}
