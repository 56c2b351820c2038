import { newTaskId } from '@taskfleet/toolbox/contract';
import { systemClock } from '@taskfleet/toolbox/clock';
import { describe, expect, it } from 'vitest';
import type { SeenTask } from '../../signals/index.ts';
import { describeChange } from './describeChange.ts';

const id = newTaskId('echo', systemClock);
const task = (given: Partial<SeenTask>): SeenTask => ({
  id,
  worker: 'echo',
  state: 'running',
  attempt: 1,
  ...given,
});
const texts = (before: SeenTask | undefined, now: SeenTask) =>
  describeChange(before, now).map(({ text }) => text);

describe('what has become of a task', () => {
  it('is all of it at first, and then what is new', () => {
    const queued = task({ state: 'queued', attempt: 0 });
    const running = task({ holder: 'echo_1', progress: { fraction: 0.25, note: 'a' } });
    expect(texts(undefined, queued)).toEqual(['queued']);
    expect(texts(queued, running)).toEqual(['running, attempt 1 in echo_1', '25%: a']);
    expect(texts(running, running)).toEqual([]);
    expect(texts(running, { ...running, progress: { fraction: 0.5 } })).toEqual(['50%']);
    expect(texts(running, { ...running, lost: true })).toEqual([
      'running (lost), attempt 1 in echo_1',
    ]);
    const cancel = { by: 'alice', at: 1 };
    expect(texts(running, { ...running, cancel })).toEqual(['asked to stop by alice']);
  });

  it('is each attempt and its error', () => {
    const error = { name: 'Error', message: 'no\nroute', attempt: 1 };
    const retrying = task({ state: 'retrying', error });
    expect(texts(task({}), retrying)).toEqual(['retrying after attempt 1: Error: no route']);
    expect(texts(retrying, task({ attempt: 2, error }))).toEqual(['running, attempt 2']);
  });

  it('ends with how long it took, and why it failed', () => {
    const times = { startedAt: 1_000, finishedAt: 4_200 };
    const error = { name: 'Error', message: 'no', attempt: 1 };
    const progress = { fraction: 1 };
    expect(texts(task({}), task({ ...times, progress, state: 'succeeded', error }))).toEqual([
      'succeeded after 3.2 s',
    ]);
    expect(texts(task({}), task({ ...times, state: 'failed', error }))).toEqual([
      'failed after 3.2 s: Error: no',
    ]);
    expect(texts(undefined, task({ state: 'dead', attempt: 0, error }))).toEqual([
      'dead: Error: no',
    ]);
  });
});
