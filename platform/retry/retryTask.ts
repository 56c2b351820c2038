import {
  type AnyTask,
  findTask,
  type Fleet,
  holdsSecret,
  isFlowId,
  isTerminal,
  type Json,
  REDACTED,
  type Schedule,
  type ScheduleOptions,
  type TaskId,
  type TaskRecord,
} from '@taskfleet/toolbox/contract';
import { NotEndedError, NotRetriableError, SecretsMissingError } from '../errors.ts';

export interface RetryTaskOptions {
  readonly fleet: Fleet;
  readonly schedule: Schedule;
  /** The input that the task had; a large one from the bucket. */
  readonly inputOf: (record: TaskRecord) => Promise<Json | undefined>;
}

export interface RetryGiven {
  /** Default: what the task had. */
  readonly input?: unknown;
  /** In place of the task's own creator, subject, group, priority and `ignoreResult`. */
  readonly options?: ScheduleOptions;
}

/**
 * Schedules what a task that ended was asked for, as a new task that names it. Throws NotEndedError, NotRetriableError,
 * SecretsMissingError when the input had secrets and none is given, and what `schedule` throws.
 */
export async function retryTask(
  { fleet, schedule, inputOf }: RetryTaskOptions,
  record: TaskRecord,
  given: RetryGiven,
): Promise<TaskId> {
  if (!isTerminal(record.state)) throw new NotEndedError(record.id, record.state);
  if (isFlowId(record.id)) throw new NotRetriableError(record.id, 'is a flow');
  if (record.task === undefined) throw new NotRetriableError(record.id, 'is not known by its name');
  const task = findTask(fleet, record.task);
  const input = given.input === undefined ? await inputOf(record) : given.input;
  if (given.input === undefined && hasLost(task, input)) throw new SecretsMissingError(record.id);
  const options = { ...optionsOf(task, record), ...given.options, retryOf: record.id };
  return (await schedule(task, input, options)).id;
}

/** Whether a secret was replaced when the input was recorded. */
function hasLost({ input }: AnyTask, kept: unknown): boolean {
  if (kept === REDACTED) return true;
  return holdsSecret(input) && JSON.stringify(kept).includes(JSON.stringify(REDACTED));
}

function optionsOf(task: AnyTask, record: TaskRecord): ScheduleOptions {
  const { creator, subject, group, priority, ignoreResult } = record;
  return {
    ...(creator !== undefined && { creator }),
    ...(subject !== undefined && { subject }),
    ...(group !== undefined && { group }),
    ...(priority !== undefined && task.priority !== undefined && { priority }),
    ...(ignoreResult && { ignoreResult }),
  };
}
