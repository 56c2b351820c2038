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

/** Thrown for a command line of `npm start` that asks for something it does not know. */
export class UsageError extends TaskfleetError {
  readonly code = 'usage';
}
