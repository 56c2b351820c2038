import { canBecome, TASK_STATES, type TaskResultRecord } from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { LETTER_STATES, type LetterEntry, type LetterState } from './entry.ts';

const id = 'echo_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b';

const alone = { messageId: 'm', standsAlone: true };
const grouped = { messageId: 'm', standsAlone: false };

function entry(state: LetterState, messageId = 'm'): LetterEntry {
  const texts = { service: 'echo', groupId: 'g', place: '1', reason: 'because' };
  return { v: 1, id, taskId: id, state, messageId, diedAt: 1, attempt: 0, ...texts };
}

function record(state: TaskResultRecord['state']): TaskResultRecord {
  return { v: 1, id, state, attempt: 1, token: 1, claim: 'c', holder: 'h' };
}

describe('a letter that is new', () => {
  const killed = TASK_STATES.filter((state) => state === 'dead' || canBecome(state, 'dead'));
  const others = TASK_STATES.filter((state) => !killed.includes(state));

  it.each(killed)('makes a task dead that is %s', (state) => {
    expect(decide(alone, undefined, record(state)).kind).toBe('record');
  });

  it.each(others)('leaves a task as it is that is %s', (state) => {
    expect(['discard', 'leave']).toContain(decide(alone, undefined, record(state)).kind);
  });

  it('is given a group of its own before it is recorded', () => {
    expect(decide(grouped, undefined, undefined)).toEqual({ kind: 'file' });
    expect(decide(alone, undefined, undefined)).toEqual({ kind: 'record' });
  });

  it('is recorded again when its task has died again', () => {
    expect(decide(alone, entry('redriven', 'before'), record('queued'))).toEqual({
      kind: 'record',
    });
  });

  it.each(['waiting', 'redriving'] as const)('is no second one of a task that is dead', (state) => {
    expect(decide(grouped, entry(state, 'first'), record('dead')).kind).toBe('discard');
  });
});

describe('a letter that is known', () => {
  it.each([
    ['waiting', 'keep'],
    ['redriving', 'redrive'],
    ['redriven', 'discard'],
    ['purged', 'discard'],
  ] as const)('and is %s: %s', (state, kind) => {
    expect(decide(alone, entry(state), record('dead')).kind).toBe(kind);
  });

  it('is taken for what its entry says, whatever its task does', () => {
    for (const letterState of LETTER_STATES) {
      const kinds = TASK_STATES.map((state) => decide(alone, entry(letterState), record(state)));
      expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(1);
    }
  });
});
