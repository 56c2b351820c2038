import { describe, expect, it } from 'vitest';
import type { Life, Stop } from '../check/facts.ts';
import { describeTerminations, terminationFigures } from './terminationFigures.ts';

function life(endedBy: string, endedAt: number, stop: Partial<Stop> = {}): Life {
  const stopped = { at: 1_000, signals: 1, isOverdue: false, ...stop };
  return {
    name: 'worker-1',
    pid: 1,
    startedAt: 0,
    suspensions: [],
    endedAt,
    endedBy,
    stop: stopped,
  };
}

const lives = [
  life('exit code 0', 1_400),
  life('SIGTERM', 1_002),
  life('exit code 1', 1_030, { signals: 2 }),
  life('exit code 0', 2_000),
  life('SIGKILL', 8_000, { isOverdue: true }),
];

describe('the figures of terminations', () => {
  it('say how many there were, and how the processes ended', () => {
    expect(terminationFigures(lives)).toEqual({
      terminations: 5,
      beforeHandlers: 1,
      hurried: 1,
      overdue: 1,
      endedBy: { 'exit code 0': 2, SIGTERM: 1, 'exit code 1': 1, SIGKILL: 1 },
      medianStopMs: 400,
      longestStopMs: 7_000,
    });
  });

  it('are words for people', () => {
    expect(describeTerminations(terminationFigures(lives))).toEqual([
      'terminations 5, before it had handlers for signals 1, with a second signal 1',
      'ended by exit code 0: 2, SIGTERM: 1, exit code 1: 1, SIGKILL: 1; killed after their grace 1',
      'from SIGTERM to the end: half within 400 ms, all within 7000 ms',
    ]);
  });
});
