import type { Settlement } from '../consume/index.ts';
import type { RecordedOutcome } from './recordAttempt.ts';

/**
 * What becomes of the message of an attempt. The record is first: only what is written there lets the message go. One that
 * was superseded or could not be recorded is left to whoever holds it next.
 */
export function settlementOf({ outcome, written }: RecordedOutcome): Settlement {
  if (outcome.kind === 'released') return { kind: 'return' };
  if (written !== 'written') return { kind: 'leave' };
  if (outcome.kind === 'retrying' || outcome.kind === 'snoozed') {
    return { kind: 'hide', seconds: Math.ceil(outcome.delayMs / 1_000) };
  }
  return { kind: 'delete' };
}
