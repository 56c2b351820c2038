import type { Log } from '../log/index.ts';
import type { Outcome } from './outcome.ts';
import type { RecordedOutcome } from './recordAttempt.ts';

export interface EndedAttempt extends RecordedOutcome {
  readonly attempt: number;
  readonly durationMs: number;
}

/** One line for each attempt: how it ended, how long it took. */
export function logOutcome(log: Log, { outcome, written, ...ended }: EndedAttempt): void {
  const { attempt } = ended;
  if (written === 'superseded') return log.event('write.superseded', { attempt });
  if (written === 'unrecorded' && outcome.kind !== 'lost') {
    return log.event('write.abandoned', { attempt });
  }
  return logEnd(log, outcome, ended);
}

function logEnd(
  log: Log,
  outcome: Outcome,
  { attempt, durationMs }: Pick<EndedAttempt, 'attempt' | 'durationMs'>,
): void {
  switch (outcome.kind) {
    case 'succeeded':
      return log.event('task.succeeded', { attempt, durationMs });
    case 'failed':
      return log.event('task.failed', { attempt, durationMs, ...described(outcome.error) });
    case 'retrying': {
      const { delayMs, error } = outcome;
      return log.event('task.retried', { attempt, durationMs, delayMs, ...described(error) });
    }
    case 'snoozed':
      return log.event('task.snoozed', { attempt, delayMs: outcome.delayMs });
    case 'cancelled':
      return log.event('task.cancelled', { attempt, by: outcome.by });
    case 'released':
      return log.event('task.released', { attempt, durationMs });
    case 'lost':
      return log.event('lease.lost', { reason: 'somebody else may run the task by now' });
  }
}

function described({ message, stack }: Error): { error: string; stack: string | undefined } {
  return { error: message, stack };
}
