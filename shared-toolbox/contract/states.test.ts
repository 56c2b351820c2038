import { describe, expect, it } from 'vitest';
import {
  canBecome,
  CLAIMABLE_STATES,
  isTerminal,
  TASK_STATES,
  type TaskState,
  TERMINAL_STATES,
} from './index.ts';

function exitsOf(from: TaskState): TaskState[] {
  return TASK_STATES.filter((to) => canBecome(from, to));
}

function reachableFrom(start: TaskState, seen = new Set<TaskState>()): Set<TaskState> {
  if (seen.has(start)) return seen;
  seen.add(start);
  for (const next of exitsOf(start)) reachableFrom(next, seen);
  return seen;
}

describe('the state table', () => {
  it.each(['scheduled', 'queued'] as const)('leads from %s to every later state', (start) => {
    const later = TASK_STATES.filter((state) => state !== 'scheduled' || start === 'scheduled');
    expect([...reachableFrom(start)].toSorted()).toEqual(later.toSorted());
  });

  it('has no way out of a final state, but for the redrive of a dead letter', () => {
    const exits = TERMINAL_STATES.flatMap((from) => exitsOf(from).map((to) => [from, to]));
    expect(exits).toEqual([['dead', 'queued']]);
  });

  it('leads from every other state to an end', () => {
    const stuck = TASK_STATES.filter((state) => ![...reachableFrom(state)].some(isTerminal));
    expect(stuck).toEqual([]);
  });

  it('derives what may be claimed', () => {
    expect(CLAIMABLE_STATES).toEqual(['queued', 'running', 'retrying']);
    expect(CLAIMABLE_STATES.filter(isTerminal)).toEqual([]);
  });

  it('succeeds or retries only from running', () => {
    for (const end of ['succeeded', 'failed', 'retrying'] as const) {
      expect(TASK_STATES.filter((from) => canBecome(from, end))).toEqual(['running']);
    }
  });
});
