/**
 * Every state that a task's record can be in. `scheduled`: waits for its due time; `queued`: published, nobody has
 * claimed it; `running`: claimed; `retrying`: an attempt failed and another will follow; the rest is final.
 */
export const TASK_STATES = [
  'scheduled',
  'queued',
  'running',
  'retrying',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
  'dead',
] as const;

export type TaskState = (typeof TASK_STATES)[number];

export const TERMINAL_STATES = ['succeeded', 'failed', 'cancelled', 'expired', 'dead'] as const;

export type TerminalState = (typeof TERMINAL_STATES)[number];

/**
 * The one table of legal transitions; docs/task-states.md draws it. `running → running` is a later claim taking over
 * from a holder that was killed; `running → queued` is a stopping worker giving back what it could not finish;
 * `dead → queued` is a redrive by an operator.
 */
export const TRANSITIONS = {
  scheduled: ['queued', 'cancelled', 'expired'],
  queued: ['running', 'cancelled', 'expired', 'dead'],
  running: ['running', 'queued', 'retrying', 'succeeded', 'failed', 'cancelled', 'dead'],
  retrying: ['running', 'cancelled', 'expired', 'dead'],
  succeeded: [],
  failed: [],
  cancelled: [],
  expired: [],
  dead: ['queued'],
} as const satisfies Record<TaskState, readonly TaskState[]>;

export function canBecome(from: TaskState, to: TaskState): boolean {
  return (TRANSITIONS[from] as readonly TaskState[]).includes(to);
}

/** States from which a worker may claim an attempt. Derived, so that the claim's condition cannot drift from the table. */
export const CLAIMABLE_STATES: readonly TaskState[] = TASK_STATES.filter((state) =>
  canBecome(state, 'running'),
);

export function isTerminal(state: TaskState): state is TerminalState {
  return (TERMINAL_STATES as readonly TaskState[]).includes(state);
}
