import type { TaskRecord } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { Capture } from '../testing/runInProcess.ts';
import { renderRecord } from './renderRecord.ts';

const now = Date.UTC(2030, 0, 1, 12);
const record: TaskRecord = {
  id: 'echo_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b',
  worker: 'echo',
  task: 'echo.say',
  state: 'failed',
  attempt: 2,
  creator: 'al\u001b[31mice',
  createdAt: now - 7_200_000,
  startedAt: now - 5_000,
  finishedAt: now - 1_800,
  input: { text: 'hello' },
  error: { name: 'Error', message: 'broken', attempt: 2 },
};

it('says all that is known of a task, and nothing that acts on the terminal', () => {
  expect(renderRecord(new Capture(), record, now).split('\n')).toEqual([
    'id       echo_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b',
    'state    failed (attempt 2)',
    'task     echo.say',
    'created  2030-01-01T10:00:00.000Z (2h ago)',
    'creator  al [31mice',
    'input    {"text":"hello"}',
    'started  2030-01-01T11:59:55.000Z (5s ago)',
    'finished 2030-01-01T11:59:58.200Z (1s ago)',
    'took     3.2 s',
    'error    Error: broken (attempt 2)',
  ]);
});

it('shows how far a running task is', () => {
  const { error: _error, finishedAt: _finishedAt, ...rest } = record;
  const progress = { fraction: 0.5, note: 'medium' };
  const running: TaskRecord = { ...rest, state: 'running', attempt: 1, progress };
  expect(renderRecord(new Capture(), running, now)).toContain('state    running (50%, medium)');
});

it('shows a task whose definition is still on its way by its result', () => {
  const { id, worker } = record;
  const early: TaskRecord = { id, worker, state: 'succeeded', attempt: 1, output: [1] };
  expect(renderRecord(new Capture(), early, now)).toBe(
    `id       ${id}\nstate    succeeded\noutput   [1]`,
  );
});

it('shows for what a task waits', () => {
  const { error: _error, finishedAt: _finishedAt, startedAt: _startedAt, ...rest } = record;
  const waiting: TaskRecord = {
    ...rest,
    state: 'scheduled',
    attempt: 0,
    dueAt: now + 300_000,
    expires: now + 7_200_000,
    turnAt: now + 400,
  };
  const lines = renderRecord(new Capture(), waiting, now).split('\n');
  expect(lines).toContain('due      2030-01-01T12:05:00.000Z (in 5m)');
  expect(lines).toContain('expires  2030-01-01T14:00:00.000Z (in 2h)');
  expect(lines).toContain('turn     2030-01-01T12:00:00.400Z (just now)');
});
