import { type Duration, TaskfleetError } from '@taskfleet/toolbox/contract';

/** Thrown when a task has not come into the state in time. Says what came instead. */
export class NotSeenError extends TaskfleetError {
  readonly code = 'not_seen';
  readonly seen: readonly string[];

  constructor(state: string, which: string, timeout: Duration, seen: readonly string[]) {
    const saw = seen.length === 0 ? 'no task was begun' : `saw\n  ${seen.join('\n  ')}`;
    super(`expected ${which} to be ${state} within ${timeout}; ${saw}`);
    this.seen = seen;
  }
}

/** Thrown when a fleet under test is asked for something after its end. */
export class FleetStoppedError extends TaskfleetError {
  readonly code = 'fleet_stopped';

  constructor() {
    super(
      'the fleet under test has been stopped: was an await forgotten before the end of the test?',
    );
  }
}

/** Thrown for a task whose worker is not in the fleet under test: nobody would ever run it. */
export class NotInFleetError extends TaskfleetError {
  readonly code = 'not_in_fleet';

  constructor(task: string, workers: readonly string[]) {
    super(
      `expected a task of ${workers.join(', ')}, got "${task}": give fleetForTests the implementation of its worker in \`workers\`, ` +
        'or its contract in `declared`, so that the task waits in its queue and is not run',
    );
  }
}

/** Thrown when a fault is to hit a worker that does not run in the fleet under test. */
export class UnknownWorkerError extends TaskfleetError {
  readonly code = 'worker_unknown';

  constructor(worker: string, nearest: string | undefined, known: readonly string[]) {
    const hint =
      nearest === undefined ? `running: ${known.join(', ')}` : `did you mean "${nearest}"?`;
    super(`no worker "${worker}" runs in the fleet under test; ${hint}`);
  }
}
