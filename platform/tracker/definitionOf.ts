import {
  type AnyTask,
  type Fleet,
  type Json,
  RECORD_VERSION,
  redact,
  REDACTED,
  type TaskMessage,
  workerOfId,
} from '@taskfleet/toolbox/contract';
import type { DefinitionToKeep } from '@taskfleet/toolbox/table';
import { retentionOf } from '../retention.ts';

/** What to keep of a message: the task as it was asked for, without secrets; of a large input only where it is. Pure. */
export function definitionOf(fleet: Fleet, message: TaskMessage): DefinitionToKeep {
  const { v: _version, ...asked } = message;
  const task = fleet.tasks.get(message.task);
  return {
    definition: {
      ...asked,
      v: RECORD_VERSION,
      worker: workerOfId(message.id),
      ...(message.input !== undefined && { input: publicInput(task, message.input) }),
    },
    retentionMs: retentionOf(fleet, message.task),
  };
}

/** Which parts of an unknown task's input are secret is unknown too, so none of it is kept. */
function publicInput(task: AnyTask | undefined, input: Json): Json {
  // Redaction only puts a text in a value's place: JSON stays JSON.
  return task ? (redact(task.input, input) as Json) : REDACTED;
}
