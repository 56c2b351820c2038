import { describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import { countAttempt } from './countAttempt.ts';
import type { RecordedOutcome } from './recordAttempt.ts';

const OUTCOMES: readonly Outcome[] = [
  { kind: 'succeeded', output: null },
  { kind: 'failed', error: new Error('no') },
  { kind: 'retrying', error: new Error('no'), delayMs: 1 },
  { kind: 'cancelled', by: 'alice' },
  { kind: 'snoozed', delayMs: 1 },
  { kind: 'released' },
  { kind: 'lost' },
];

function countedOf(outcome: Outcome, written: RecordedOutcome['written']): string[] {
  const counted: string[] = [];
  const statistics = {
    count: (task: string, counter: string) => void counted.push(`${task} ${counter}`),
    time: (task: string, time: string, ms: number) => void counted.push(`${task} ${time} ${ms}`),
  };
  countAttempt(statistics, 'notes.add', { outcome, written, durationMs: 40 });
  return counted;
}

describe('an attempt that ended', () => {
  it.each([
    ['succeeded', ['notes.add succeeded', 'notes.add run 40']],
    ['failed', ['notes.add failed', 'notes.add run 40']],
    ['retrying', ['notes.add retried', 'notes.add run 40']],
    ['cancelled', ['notes.add cancelled']],
    ['snoozed', []],
    ['released', []],
    ['lost', []],
  ])('%s is counted as what its record says', (kind, counted) => {
    const outcome = OUTCOMES.find((other) => other.kind === kind)!;
    expect(countedOf(outcome, 'written')).toEqual(counted);
  });

  it.each(['superseded', 'unrecorded'] as const)('%s is counted by somebody else', (written) => {
    expect(OUTCOMES.flatMap((outcome) => countedOf(outcome, written))).toEqual([]);
  });
});
