import {
  type AnyTask,
  definitionOf,
  type TaskDefinitionRecord,
  type TaskId,
  type TaskMessage,
} from '../contract/index.ts';
import { buildMessage, type MessageRequest } from './buildMessage.ts';

/** A task that is checked and ready to be published, as plain data. */
export interface Prepared {
  readonly task: Pick<AnyTask, 'name' | 'retentionMs'>;
  readonly message: TaskMessage;
  /** What may be shown of the message. */
  readonly definition: TaskDefinitionRecord;
  /** While the topic is away, the table is to take it. */
  readonly isDurable: boolean;
  /** Another task of that name with this key, which has not ended, stands for it. */
  readonly uniqueKey: string | undefined;
}

/** Checks a call of `schedule()`, by the definition that the caller has. Throws ValidationError. */
export function prepare(request: MessageRequest): Prepared {
  const { task, options } = request;
  const message = buildMessage(request);
  return {
    task: { name: task.name, retentionMs: task.retentionMs },
    message,
    definition: definitionOf(task, message),
    isDurable: options.durable ?? false,
    uniqueKey: task.unique?.(task.input.parse(message.input)),
  };
}

/** The same under another id. */
export function withId(prepared: Prepared, id: TaskId): Prepared {
  const { message, definition } = prepared;
  const root = message.root === message.id ? id : message.root;
  return {
    ...prepared,
    message: { ...message, id, root },
    definition: { ...definition, id, root },
  };
}
