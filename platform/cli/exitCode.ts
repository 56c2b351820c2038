import { TaskfleetError } from '@taskfleet/toolbox/contract';

/** What the command line's exit codes mean; `--help` says the same. */
export const EXIT = {
  ok: 0,
  /** The task failed, or was cancelled, expired or dead. */
  taskFailed: 1,
  /** The doctor has found an error. */
  unwell: 1,
  /** A change of the contracts breaks something. */
  incompatible: 1,
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
  1  the task failed, or was cancelled, expired or dead; the doctor has found an error; a contract's change breaks something
  2  the request was wrong, or no fleet was found: nothing was scheduled
  3  not yet: the task has not ended, the dead letter is not back, or a worker has not done what it was told
  4  the fleet could not be reached, or did not do what was asked
`;

/** By the code of an error, which is the same whether AWS or the API was asked. Every other error of ours refuses the request. */
const EXIT_BY_CODE: Readonly<Record<string, ExitCode>> = {
  task_failed: EXIT.taskFailed,
  result_timeout: EXIT.notEnded,
  task_not_ended: EXIT.notEnded,
  letter_not_redriven: EXIT.notEnded,
  order_not_heard: EXIT.notEnded,
  // Nothing is wrong with the request, and nothing came of it.
  fleet_unreachable: EXIT.unreachable,
  format_invalid: EXIT.unreachable,
  stored_value_gone: EXIT.unreachable,
};

/** The exit code for an error; `undefined` for one that nobody expected, which deserves its stack trace. */
export function exitCodeOf(error: unknown): ExitCode | undefined {
  return error instanceof TaskfleetError ? (EXIT_BY_CODE[error.code] ?? EXIT.refused) : undefined;
}
