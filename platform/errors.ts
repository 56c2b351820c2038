import { TaskfleetError, type TaskId } from '@taskfleet/toolbox/contract';

/** Thrown by the tracker's writes when DynamoDB had no capacity for a definition: it is written again later. */
export class NotKeptError extends TaskfleetError {
  readonly code = 'definition_not_kept';

  constructor(id: TaskId) {
    super(`the table had no capacity for the definition of ${id}`);
  }
}

/** Thrown by `list()` for a page size or a cursor that cannot be: text that is no cursor, or one of another list. */
export class ListRequestError extends TaskfleetError {
  readonly code = 'list_request_invalid';
}

/** Thrown by the command line when neither environment nor `.taskfleet/local.json` leads to a fleet. */
export class NoFleetError extends TaskfleetError {
  readonly code = 'fleet_not_found';

  constructor(reason?: string, options?: ErrorOptions) {
    const remedy =
      'run npm start in another terminal, give --url, or set TASKFLEET_STAGE and the rest (see README)';
    super(`no fleet found: ${remedy}${reason === undefined ? '' : ` (${reason})`}`, options);
  }
}

/** Thrown by the command line and the API when the fleet's topic, table or bucket did not do what was asked. */
export class FleetUnreachableError extends TaskfleetError {
  readonly code = 'fleet_unreachable';
  /** Milliseconds after which trying again makes sense, where that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(action: string, cause: unknown, retryAfterMs?: number) {
    super(`could not ${action}: ${describeCause(cause)}`, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}

/** Thrown by the command line for input that cannot be read: no such file, or no JSON in it. */
export class UnreadableInputError extends TaskfleetError {
  readonly code = 'input_unreadable';
}

/** Thrown by `taskfleet get` and `put --at` for text that is no reference to a stored file. */
export class NotAReferenceError extends TaskfleetError {
  readonly code = 'reference_invalid';

  constructor(text: string) {
    super(`expected a reference such as artifact:uploads/photo.jpg, got "${text}"`);
  }
}

/** Thrown by `taskfleet get` when the file cannot be written, or is there already. */
export class FileNotWrittenError extends TaskfleetError {
  readonly code = 'file_not_written';

  constructor(file: string, cause: unknown) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const reason = isThere ? 'it is there already; --force replaces it' : describeCause(cause);
    super(`could not write ${file}: ${reason}`, { cause });
  }
}

/** Thrown when the result is wanted of a task that has not ended, or another run of it. */
export class NotEndedError extends TaskfleetError {
  readonly code = 'task_not_ended';

  constructor(id: TaskId, state: string) {
    super(`task ${id} has not ended: it is ${state}`);
  }
}

/** Thrown for a task that was to be cancelled and is in a final state already. */
export class TaskEndedError extends TaskfleetError {
  readonly code = 'task_ended';

  constructor(id: TaskId, state: string) {
    super(`task ${id} has ended: it is ${state}, and cannot be cancelled any more`);
  }
}

/** Thrown when a task is to be run again that nobody can schedule: a flow, or one of which only the end is known. */
export class NotRetriableError extends TaskfleetError {
  readonly code = 'task_not_retriable';

  constructor(id: TaskId, why: string) {
    super(`${id} ${why}, and cannot be run again`);
  }
}

/** Thrown when a task is to be run again whose input had secrets, which no record keeps. */
export class SecretsMissingError extends TaskfleetError {
  readonly code = 'secrets_missing';

  constructor(id: TaskId) {
    super(`the input of ${id} had secrets, which are not kept; send the whole input again`);
  }
}

/** Thrown when a task that is out, or has ended, is to be given another time. */
export class TaskNotWaitingError extends TaskfleetError {
  readonly code = 'task_not_waiting';

  constructor(id: TaskId, state: string) {
    super(
      `task ${id} does not wait for its time: it is ${state}, and cannot be rescheduled any more`,
    );
  }
}

/** Thrown for the name of a service that the stage does not have; carries the nearest one that it has. */
export class UnknownServiceError extends TaskfleetError {
  readonly code = 'service_unknown';

  constructor(service: string, nearest: string | undefined, known: readonly string[]) {
    const hint =
      nearest === undefined ? `known are: ${known.join(', ')}` : `did you mean "${nearest}"?`;
    super(`no worker is called "${service}"; ${hint}`);
  }
}

/** Thrown for a name that no periodic task has; carries the nearest one that there is. */
export class UnknownPeriodicError extends TaskfleetError {
  readonly code = 'periodic_unknown';

  constructor(name: string, nearest: string | undefined, known: readonly string[]) {
    const all = known.length === 0 ? 'there are none' : `known are: ${known.join(', ')}`;
    const hint = nearest === undefined ? all : `did you mean "${nearest}"?`;
    super(`no periodic task is called "${name}"; ${hint}`);
  }
}

/** Thrown when a periodic task is to be added under a name that one has already. */
export class PeriodicExistsError extends TaskfleetError {
  readonly code = 'periodic_exists';

  constructor(name: string) {
    super(`there is a periodic task "${name}" already; remove it first, or take another name`);
  }
}

/** Thrown when a periodic task is to be removed that the code declares. */
export class PeriodicDeclaredError extends TaskfleetError {
  readonly code = 'periodic_declared';

  constructor(name: string) {
    super(`the code declares "${name}": remove it there, or pause it`);
  }
}

/** Thrown for an id that no dead letter has, or no longer: it was redriven or purged before. */
export class NoLetterError extends TaskfleetError {
  readonly code = 'letter_unknown';

  constructor(id: string, state?: string) {
    const why = state === undefined ? 'no dead letter has the id' : `it was ${state} already:`;
    super(`${why} "${id}"; taskfleet dead list shows them`);
  }
}

/** Thrown for a purge of a letter that somebody has asked to redrive. */
export class LetterLeavingError extends TaskfleetError {
  readonly code = 'letter_leaving';

  constructor(id: string) {
    super(`"${id}" is about to go back to its queue, and cannot be purged any more`);
  }
}

/** Thrown when the platform has not put letters back in time: the wish stands, and is granted as soon as it runs. */
export class NotRedrivenError extends TaskfleetError {
  readonly code = 'letter_not_redriven';

  constructor(redriven: number, wanted: number) {
    super(
      `${redriven} of ${wanted} are back in their queue; the platform has not taken the next one yet, ` +
        'and takes it as soon as it runs: then ask again for the rest',
    );
  }
}

/** Thrown by `taskfleet dead` for a request that does not say which letters are meant, or not clearly enough. */
export class DeadRequestError extends TaskfleetError {
  readonly code = 'dead_request_invalid';
}

/** Thrown by commands that change files, outside a project of ours. */
export class NoProjectError extends TaskfleetError {
  readonly code = 'project_not_found';

  constructor(folder: string, file: string) {
    super(`expected ${file} in ${folder} or above it; go to the folder of your fleet`);
  }
}

/** Thrown by `taskfleet remove` for a folder that nothing could bring back. */
export class UncommittedError extends TaskfleetError {
  readonly code = 'folder_uncommitted';

  constructor(folder: string, why: string) {
    super(`${folder} ${why}; commit it first, or say --force if you mean it`);
  }
}

/** Thrown by `taskfleet purge` when nobody has said that it is meant. */
export class PurgeRequestError extends TaskfleetError {
  readonly code = 'purge_request_invalid';

  constructor(worker: string) {
    super(`purging cancels all that waits in the queue of "${worker}"; say --yes if you mean it`);
  }
}

/** Thrown by `taskfleet cost` for a rate or a payload that cannot be. */
export class CostRequestError extends TaskfleetError {
  readonly code = 'cost_request_invalid';
}

/** Thrown for statistics of a time that nobody can have counted. */
export class StatisticsRequestError extends TaskfleetError {
  readonly code = 'statistics_request_invalid';
}

/** Thrown for an id that no process of a worker has, or no longer: it has ended. */
export class UnknownProcessError extends TaskfleetError {
  readonly code = 'process_unknown';

  constructor(id: string, nearest: string | undefined, known: readonly string[]) {
    const ids = known.length === 0 ? 'none lives' : `those that live are ${known.join(', ')}`;
    const hint = nearest === undefined ? ids : `did you mean "${nearest}"?`;
    super(`no process has the id "${id}"; ${hint}`);
  }
}

/** Thrown for what cannot be wanted of a worker on Lambda: AWS receives for it, and asks the table nothing. */
export class LambdaControlError extends TaskfleetError {
  readonly code = 'control_on_lambda';

  constructor(worker: string) {
    super(
      `"${worker}" runs on Lambda, where AWS receives for it and nobody can be told: disable its event source mapping ` +
        '(aws lambda update-event-source-mapping --no-enabled) to pause it, or change its contract and deploy',
    );
  }
}

/** Thrown for an order to a worker with a number or a task that cannot be. */
export class OrderError extends TaskfleetError {
  readonly code = 'order_invalid';

  constructor(what: string, expected: string, got: string | number) {
    super(`${what}: expected ${expected}, got ${got}`);
  }
}

/** Thrown when processes have not done in time what they were told: it stands, and they do it when they hear it. */
export class NotHeardError extends TaskfleetError {
  readonly code = 'order_not_heard';

  constructor(pending: readonly string[], timeoutMs: number) {
    const whom = pending.join(', ');
    super(
      `after ${timeoutMs} ms it is not done yet by ${whom}; it stands, and they do it when they hear it`,
    );
  }
}

/**
 * One line. A refused connection to a name with several addresses has an empty message and only a code; an answer that is
 * no AWS answer, as from a proxy, has the SDK's advice to its developers instead of its status.
 */
function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  const [message = ''] = cause.message.split(' Deserialization error: ');
  const isNoAnswer = message !== cause.message;
  const status = isNoAnswer && '$response' in cause ? statusOf(cause.$response) : '';
  return `${status}${message || code}`.replaceAll(/\s+/g, ' ');
}

function statusOf(response: unknown): string {
  const isAnswer = typeof response === 'object' && response !== null && 'statusCode' in response;
  return isAnswer ? `HTTP status ${String(response.statusCode)}, ` : '';
}

/** Thrown by `taskfleet contracts diff` where there is no git repository with a fleet, or not the version that is asked for. */
export class RepositoryError extends TaskfleetError {
  readonly code = 'repository_unusable';
}

/** Thrown by `taskfleet contracts diff` when the contracts of a version cannot be loaded. */
export class FleetNotLoadedError extends TaskfleetError {
  readonly code = 'fleet_not_loaded';

  constructor(version: string, reason: string) {
    super(`the fleet of ${version} cannot be loaded: ${reason}`);
  }
}
