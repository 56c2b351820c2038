import type { TaskState } from '@taskfleet/toolbox/contract';

/**
 * Which state speaks for a family, first to last. While a task is left to end, the family is in the state of its liveliest
 * one; once all have ended, in the worst end: what an operator has to look at, before what needs nobody. So a family has
 * ended exactly when all its tasks have, and has succeeded exactly when all have.
 */
export const FAMILY_PRECEDENCE = [
  'running',
  'retrying',
  'queued',
  'scheduled',
  'dead',
  'failed',
  'expired',
  'cancelled',
  'succeeded',
] as const satisfies readonly TaskState[];

/** The overall state of all tasks with one root, whatever their order; `undefined` for no tasks. Pure. */
export function familyState(states: Iterable<TaskState>): TaskState | undefined {
  const present = new Set(states);
  return FAMILY_PRECEDENCE.find((state) => present.has(state));
}
