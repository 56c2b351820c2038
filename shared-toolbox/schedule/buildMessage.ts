import type { Clock } from '../clock.ts';
import {
  type AnyTask,
  callPriorityProblems,
  derivedTaskId,
  type FieldProblem,
  type Firing,
  isTaskId,
  jsonOf,
  labelProblem,
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
  /** Of which periodic task it is, and for which time: whoever makes the message of a firing makes it of the same id. */
  readonly firing?: Firing;
  readonly clock: Pick<Clock, 'now' | 'randomBytes'>;
  /** Of the scheduler that asks. */
  readonly lanes: Pick<Lanes, 'laneOf'>;
}

/** The message for a call of `schedule()`. Throws ValidationError when the input does not fit the task, or an option cannot be had. */
export function buildMessage(request: MessageRequest): TaskMessage {
  const { task, input, options, origin, firing, clock, lanes } = request;
  const wire = jsonOf(task, input);
  const checked = validate(`input of ${task.name}`, task.input, wire);
  if (!checked.ok) throw checked.error;
  const createdAt = clock.now();
  const fields = optionFields(task, options, createdAt);
  const id = idOf(request);
  return {
    v: MESSAGE_VERSION,
    id,
    task: task.name,
    input: wire,
    group: options.group ?? task.group?.(checked.value),
    lane: lanes.laneOf(task, checked.value),
    creator: options.creator ?? origin?.creator,
    subject: options.subject,
    retryOf: options.retryOf as TaskId | undefined,
    parent: origin?.id,
    root: origin?.root ?? id,
    createdAt,
    ...(firing && { periodic: firing, keyed: true }),
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
    ...callPriorityProblems(task, options).map(asFieldProblem),
    ...labels.flatMap((field) => labelProblem(field, options[field])),
    ...groupProblem(task, options),
    ...retryProblem(options),
  ];
  if (first) throw new ValidationError('options', [first, ...rest]);
  const priority = options.priority ?? task.priority ?? 'normal';
  return {
    ...times,
    ...(priority !== 'normal' && { priority }),
    ...(options.idempotencyKey !== undefined && { keyed: true }),
    ...(options.ignoreResult === true && { ignoreResult: true }),
    ...(limits && { limits }),
  };
}

function idOf({ task, options: { idempotencyKey }, firing, clock }: MessageRequest): TaskId {
  if (firing) return derivedTaskId(task.worker, ['periodic', firing.name, String(firing.at)]);
  return idempotencyKey === undefined
    ? newTaskId(task.worker, clock)
    : derivedTaskId(task.worker, [task.name, idempotencyKey]);
}

function groupProblem({ concurrency }: AnyTask, { group }: ScheduleOptions): FieldProblem[] {
  if (group === undefined || concurrency === undefined) return [];
  return [{ field: 'group', message: 'expected none for a task with a concurrency limit' }];
}

function retryProblem({ retryOf }: ScheduleOptions): FieldProblem[] {
  if (retryOf === undefined || isTaskId(retryOf)) return [];
  return [{ field: 'retryOf', message: 'expected the id of a task' }];
}

/** A contract's way to say what is wrong, `field: message`, as a call's. */
function asFieldProblem(problem: string): FieldProblem {
  const [field = '', ...message] = problem.split(': ');
  return { field, message: message.join(': ') };
}
