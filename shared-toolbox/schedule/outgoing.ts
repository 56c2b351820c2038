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
  /** For other readers of the topic; the task itself goes by what its body says. */
  readonly traceparent?: string | undefined;
}

/** A message that may have to wait in the table, and what people may see of its task meanwhile. */
export interface Keepable extends Outgoing {
  readonly definition: TaskDefinitionRecord;
}

/** The SNS message attribute that carries the trace, as in HTTP. */
export const TRACE_ATTRIBUTE = 'traceparent';

/** Name, type and longest value of the routing key: a worker's name and `.high`. */
const WORKER_BYTES = WORKER_ATTRIBUTE.length + 'String'.length + 36;

export function outgoing(message: TaskMessage): Outgoing {
  const { id, priority, trace } = message;
  const body = serializeMessage(message);
  const traceparent = trace?.traceparent;
  return { id, priority, body, groupId: messageGroupId(message), traceparent };
}

/** Bytes that count against the topic's limit: body and attributes. */
export function sizeBytesOf({ body, traceparent }: Outgoing): number {
  const traceBytes =
    traceparent === undefined ? 0 : TRACE_ATTRIBUTE.length + 'String'.length + traceparent.length;
  return Buffer.byteLength(body) + WORKER_BYTES + traceBytes;
}
