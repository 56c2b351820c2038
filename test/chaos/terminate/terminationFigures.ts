import type { Life } from '../check/facts.ts';

export interface TerminationFigures {
  readonly terminations: number;
  /** Died of the signal, because they had no handler for it yet. */
  readonly beforeHandlers: number;
  /** Were sent a second signal, in time for it to count. */
  readonly hurried: number;
  /** Killed, because they had not ended in time. */
  readonly overdue: number;
  /** How many ended how: by exit code, or the signal that they died of. */
  readonly endedBy: Readonly<Record<string, number>>;
  readonly medianStopMs: number;
  readonly longestStopMs: number;
}

/** What became of processes that were sent SIGTERM. */
export function terminationFigures(lives: readonly Life[]): TerminationFigures {
  const stopsMs = lives
    .map(({ endedAt = 0, stop }) => endedAt - (stop?.at ?? endedAt))
    .toSorted((a, b) => a - b);
  const byEnd = Map.groupBy(lives, ({ endedBy = 'nothing' }) => endedBy);
  return {
    terminations: lives.length,
    beforeHandlers: byEnd.get('SIGTERM')?.length ?? 0,
    hurried: lives.filter(({ stop }) => stop && stop.signals > 1).length,
    overdue: lives.filter(({ stop }) => stop?.isOverdue).length,
    endedBy: Object.fromEntries([...byEnd].map(([how, all]) => [how, all.length])),
    medianStopMs: stopsMs[Math.floor(stopsMs.length / 2)] ?? 0,
    longestStopMs: stopsMs.at(-1) ?? 0,
  };
}

/** The same for people. */
export function describeTerminations(figures: TerminationFigures): string[] {
  const { terminations, beforeHandlers, hurried, overdue, endedBy } = figures;
  const ends = Object.entries(endedBy).map(([how, n]) => `${how}: ${n}`);
  return [
    `terminations ${terminations}, before it had handlers for signals ${beforeHandlers}, with a second signal ${hurried}`,
    `ended by ${ends.join(', ')}; killed after their grace ${overdue}`,
    `from SIGTERM to the end: half within ${figures.medianStopMs} ms, all within ${figures.longestStopMs} ms`,
  ];
}
