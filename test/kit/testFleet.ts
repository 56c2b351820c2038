import type { FleetAccess } from '@taskfleet/platform/access';
import type { Environment } from '@taskfleet/toolbox/config';
import type {
  PeriodicTask,
  TaskId,
  TaskRecord,
  Worker,
  WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import type { Scheduling } from '@taskfleet/toolbox/schedule';
import type { MemoryLog } from '@taskfleet/toolbox/testing';
import type { Faults } from './faults/faults.ts';
import type { FleetClock } from './fleetClock.ts';
import type { Spy } from './spy/spy.ts';
import type { Travel } from './travel/travel.ts';

export interface FleetForTestsOptions {
  /** What runs: each worker with its handlers, as `implement()` joins them. */
  readonly workers: readonly WorkerImplementation[];
  /** Workers without handlers: what is scheduled for them waits in their queues. Default: none. */
  readonly declared?: readonly Worker[];
  /** Default: none. */
  readonly periodic?: readonly PeriodicTask[];
}

/** A fleet on emulators in this process, with nothing of it outside. */
export interface TestFleet extends Scheduling, AsyncDisposable {
  /** What programs read to reach it: `connectFleet(fleet.environment)`, or an application's own configuration. */
  readonly environment: Environment;
  /** Waits for what becomes of tasks, also for what has happened already. */
  readonly spy: Spy;
  readonly travel: Travel;
  readonly faults: Faults;
  /** The time of everything in it: goes as the system's, and is put on by `travel`. */
  readonly clock: Pick<FleetClock, 'now'>;
  /** Every line that platform and workers have written. */
  readonly log: Pick<MemoryLog, 'lines' | 'of'>;
  /** All else that people do with a fleet: cancel, dead letters, periodic tasks, workers, files. No fault reaches it. */
  readonly access: FleetAccess;
  /** What is known of a task now. Throws UnknownIdError. */
  get(id: TaskId): Promise<TaskRecord>;
  /** Asks for a task's end. */
  cancel(id: TaskId, by?: string): ReturnType<FleetAccess['cancel']>;
  /** Ends workers, platform and emulators; whatever ran is released. */
  stop(): Promise<void>;
}
