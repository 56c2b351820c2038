import { TaskfleetError } from '@taskfleet/toolbox/contract';

/** Thrown when a fleet runs in the folder already: two would write over each other's state. */
export class AlreadyRunningError extends TaskfleetError {
  readonly code = 'already_running';

  constructor(folder: string, pid: number) {
    super(
      `a fleet already runs in ${folder} (process ${pid}): stop it with Ctrl-C in its terminal or kill ${pid}, ` +
        'or set TASKFLEET_HOME to another folder',
    );
  }
}

/** Thrown before anything is started when a worker of the fleet has no program to run. */
export class MissingProgramError extends TaskfleetError {
  readonly code = 'program_missing';

  constructor(worker: string) {
    super(
      `worker "${worker}": expected workers/${worker}/main.ts, got none; the folder has the worker's name, and main.ts runs it`,
    );
  }
}

/** Thrown with `--once` when a service does not come up: there is nobody to mend it while it is tried again. */
export class NotStartedError extends TaskfleetError {
  readonly code = 'service_not_started';

  constructor(service: string, crashes: number, logs: string) {
    super(`${service} ended ${crashes} times before it was up; ${logs}/${service}.log says why`);
  }
}

/** Thrown for a command line of `npm start` that asks for something it does not know. */
export class UsageError extends TaskfleetError {
  readonly code = 'usage';
}
