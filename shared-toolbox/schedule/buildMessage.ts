import type { Clock } from '../clock.ts';
import {
  type AnyTask,
  type Json,
  MESSAGE_VERSION,
  newTaskId,
  type ScheduleOptions,
  type TaskId,
  type TaskMessage,
  validate,
  ValidationError,
} from '../contract/index.ts';

/** The task on whose behalf another is scheduled. */
export interface Origin {
  readonly id: TaskId;
  readonly root: TaskId;
  readonly creator: string | undefined;
}

export interface MessageRequest {
  readonly task: AnyTask;
  readonly input: unknown;
  readonly options: ScheduleOptions;
  readonly origin: Origin | undefined;
  readonly clock: Pick<Clock, 'now' | 'randomBytes'>;
}

/** Longest creator and subject: both are shown in lists, and a subject is an index key. */
const LONGEST_LABEL = 256;

/** The message for a call of `schedule()`. Throws ValidationError when the input does not fit the task. */
export function buildMessage({ task, input, options, origin, clock }: MessageRequest): TaskMessage {
  const wire = jsonOf(task, input);
  const checked = validate(`input of ${task.name}`, task.input, wire);
  if (!checked.ok) throw checked.error;
  const id = newTaskId(task.worker, clock);
  return {
    v: MESSAGE_VERSION,
    id,
    task: task.name,
    input: wire,
    group: task.group?.(checked.value),
    creator: label('creator', options.creator ?? origin?.creator),
    subject: label('subject', options.subject),
    parent: origin?.id,
    root: origin?.root ?? id,
    createdAt: clock.now(),
  };
}

/** What the worker will read: the input after a trip through JSON, so that it is checked as it arrives. */
function jsonOf(task: AnyTask, input: unknown): Json {
  try {
    return JSON.parse(JSON.stringify(input) ?? 'null') as Json;
  } catch (error) {
    const message = `expected a value that JSON can carry (${String(error)})`;
    throw new ValidationError(`input of ${task.name}`, [{ field: '(root)', message }]);
  }
}

function label(field: 'creator' | 'subject', text: string | undefined): string | undefined {
  if (text === undefined || (text.length > 0 && text.length <= LONGEST_LABEL)) return text;
  const message = `expected 1 to ${LONGEST_LABEL} characters, got ${text.length}`;
  throw new ValidationError('options', [{ field, message }]);
}
