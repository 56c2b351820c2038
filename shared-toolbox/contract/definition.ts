import { eachTask } from './eachTask.ts';
import type { TaskMessage } from './message.ts';
import { RECORD_VERSION, type TaskDefinitionRecord } from './record.ts';
import { redact, REDACTED } from './secret.ts';
import type { AnyTask } from './task.ts';
import { workerOfId } from './taskId.ts';
import type { Json } from './validate.ts';

/** What may be shown of a message: the task as it was asked for, without secrets; of a large input only where it is. Pure. */
export function definitionOf(
  task: AnyTask | undefined,
  { v: _version, trace: _trace, ...asked }: TaskMessage,
): TaskDefinitionRecord {
  return {
    ...asked,
    v: RECORD_VERSION,
    worker: workerOfId(asked.id),
    ...(asked.input !== undefined && {
      input: publicInput(task && (asked.each ? eachTask(task) : task), asked.input),
    }),
  };
}

/** Which parts of an unknown task's input are secret is unknown too, so none of it is kept. */
function publicInput(task: AnyTask | undefined, input: Json): Json {
  // Redaction only puts a text in a value's place: JSON stays JSON.
  return task ? (redact(task.input, input) as Json) : REDACTED;
}
