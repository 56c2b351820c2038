/** What waited in a service's queues at a moment, and how many tasks were begun from then on. */
export interface Look {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly visible: number;
  /** Counting too few makes the oldest message older, never younger. */
  readonly begunSince: number;
}

/**
 * When everything had been begun that waited before: the last look after which as many tasks were begun as waited then. No message
 * that waits now is older, as far as queues give them in order; a group that its own first task holds up may be. Undefined when no
 * look tells. Pure.
 */
export function emptiedAt(looks: readonly Look[]): number | undefined {
  const gone = looks.filter(({ visible, begunSince }) => visible <= begunSince);
  return gone.length === 0 ? undefined : Math.max(...gone.map(({ at }) => at));
}
