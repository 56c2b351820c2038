import type { Counter, Statistics } from '../statistics/index.ts';
import type { Outcome } from './outcome.ts';
import type { RecordedOutcome } from './recordAttempt.ts';

/** What an attempt's end counts as; the others are no end of anybody's work. */
const COUNTED: Partial<Record<Outcome['kind'], Counter>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  retrying: 'retried',
  cancelled: 'cancelled',
};

/** Counts how an attempt ended, if its record says so: what somebody else took over is counted there. */
export function countAttempt(
  statistics: Pick<Statistics, 'count' | 'time'>,
  task: string,
  { outcome, written, durationMs }: RecordedOutcome & { readonly durationMs: number },
): void {
  const counter = COUNTED[outcome.kind];
  if (written !== 'written' || !counter) return;
  statistics.count(task, counter);
  // How long it takes to be cancelled says nothing of the work.
  if (counter !== 'cancelled') statistics.time(task, 'run', durationMs);
}
