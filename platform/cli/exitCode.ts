import {
  FormatError,
  ResultTimeoutError,
  StoredValueError,
  TaskFailedError,
  TaskfleetError,
} from '@taskfleet/toolbox/contract';
import {
  FleetUnreachableError,
  NotEndedError,
  NotHeardError,
  NotRedrivenError,
} from '../errors.ts';

/** What the command line's exit codes mean; `--help` says the same. */
export const EXIT = {
  ok: 0,
  /** The task failed, or was cancelled, expired or dead. */
  taskFailed: 1,
  /** The doctor has found an error. */
  unwell: 1,
  /** The request was wrong, and nothing was scheduled. */
  refused: 2,
  /** The task has not ended, the dead letter is not back in its queue, or a process has not done yet what it was told. */
  notEnded: 3,
  /** Topic, table or bucket did not do what was asked. */
  unreachable: 4,
  /** Ctrl-C while waiting: 128 + SIGINT, as shells have it. */
  interrupted: 130,
  /** A defect of this program, told with its stack trace; sysexits.h calls it EX_SOFTWARE. */
  defect: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `
Exit codes:
  0  done; the task succeeded, where one was waited for or shown
  1  the task failed, or was cancelled, expired or dead; the doctor has found an error
  2  the request was wrong, or no fleet was found: nothing was scheduled
  3  not yet: the task has not ended, the dead letter is not back, or a worker has not done what it was told
  4  the fleet could not be reached, or did not do what was asked
`;

/** Nothing is wrong with the request, and nothing came of it. */
const NOT_DONE = [FleetUnreachableError, FormatError, StoredValueError];

const NOT_ENDED = [ResultTimeoutError, NotEndedError, NotRedrivenError, NotHeardError];

/** The exit code for an error; `undefined` for one that nobody expected, which deserves its stack trace. */
export function exitCodeOf(error: unknown): ExitCode | undefined {
  if (error instanceof TaskFailedError) return EXIT.taskFailed;
  if (NOT_ENDED.some((kind) => error instanceof kind)) return EXIT.notEnded;
  if (NOT_DONE.some((kind) => error instanceof kind)) return EXIT.unreachable;
  if (error instanceof TaskfleetError) return EXIT.refused;
  return undefined;
}
