import type { Clock } from '../clock.ts';
import {
  type AnyTask,
  derivedTaskId,
  type FieldProblem,
  type Json,
  limitsOf,
  MESSAGE_VERSION,
  newTaskId,
  type ScheduleOptions,
  type TaskId,
  type TaskMessage,
  validate,
  ValidationError,
} from '../contract/index.ts';
import { callTimes } from './callTimes.ts';
import type { Lanes } from './lanes.ts';

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
  /** Of the scheduler that asks. */
  readonly lanes: Pick<Lanes, 'laneOf'>;
}

/** Longest label: creator and subject are shown in lists, and a subject is an index key. */
const LONGEST_LABEL = 256;

/** The message for a call of `schedule()`. Throws ValidationError when the input does not fit the task, or an option cannot be had. */
export function buildMessage(request: MessageRequest): TaskMessage {
  const { task, input, options, origin, clock, lanes } = request;
  const wire = jsonOf(task, input);
  const checked = validate(`input of ${task.name}`, task.input, wire);
  if (!checked.ok) throw checked.error;
  const createdAt = clock.now();
  const fields = optionFields(task, options, createdAt);
  const id = idOf(task, options, clock);
  return {
    v: MESSAGE_VERSION,
    id,
    task: task.name,
    input: wire,
    group: options.group ?? task.group?.(checked.value),
    lane: lanes.laneOf(task, checked.value),
    creator: options.creator ?? origin?.creator,
    subject: options.subject,
    parent: origin?.id,
    root: origin?.root ?? id,
    createdAt,
    ...fields,
  };
}

/** What a message says of its options. Throws ValidationError naming everything that is wrong. */
function optionFields(task: AnyTask, options: ScheduleOptions, now: number): Partial<TaskMessage> {
  const { problems: timeProblems, ...times } = callTimes(options, now);
  const { problems: limitsProblems, limits } = limitsOf(task, options);
  const labels = ['creator', 'subject', 'group', 'idempotencyKey'] as const;
  const [first, ...rest] = [
    ...timeProblems,
    ...limitsProblems.map(asFieldProblem),
    ...labels.flatMap((field) => labelProblem(field, options[field])),
    ...groupProblem(task, options),
  ];
  if (first) throw new ValidationError('options', [first, ...rest]);
  return {
    ...times,
    ...(options.idempotencyKey !== undefined && { keyed: true }),
    ...(options.ignoreResult === true && { ignoreResult: true }),
    ...(limits && { limits }),
  };
}

function idOf(
  task: AnyTask,
  { idempotencyKey }: ScheduleOptions,
  clock: MessageRequest['clock'],
): TaskId {
  return idempotencyKey === undefined
    ? newTaskId(task.worker, clock)
    : derivedTaskId(task.worker, [task.name, idempotencyKey]);
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

export function labelProblem(field: string, text: string | undefined): FieldProblem[] {
  if (text === undefined || (text.length > 0 && text.length <= LONGEST_LABEL)) return [];
  return [{ field, message: `expected 1 to ${LONGEST_LABEL} characters, got ${text.length}` }];
}

function groupProblem({ concurrency }: AnyTask, { group }: ScheduleOptions): FieldProblem[] {
  if (group === undefined || concurrency === undefined) return [];
  return [{ field: 'group', message: 'expected none for a task with a concurrency limit' }];
}

/** A contract's way to say what is wrong, `field: message`, as a call's. */
function asFieldProblem(problem: string): FieldProblem {
  const [field = '', ...message] = problem.split(': ');
  return { field, message: message.join(': ') };
}
