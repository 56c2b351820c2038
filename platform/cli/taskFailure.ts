import { isTerminal, TaskFailedError, type TaskRecord } from '@taskfleet/toolbox/contract';

/** The error that a task ended with, if it has ended badly. */
export function failureOf({ id, state, error }: TaskRecord): TaskFailedError | undefined {
  if (!isTerminal(state) || state === 'succeeded') return undefined;
  return new TaskFailedError(id, state, error?.message ?? 'no reason is known');
}
