import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isProcessId, newProcessId, workerOfProcess } from './processId.ts';
import { isTaskId, newTaskId } from './taskId.ts';

const source = { now: () => 1, randomBytes: () => randomBytes(16) };

describe('the id of a process', () => {
  it('has its worker, another number each time, and is no id of a task', () => {
    const [one, other] = [newProcessId('night-shift', source), newProcessId('night-shift', source)];
    expect(one).toMatch(/^night-shift_[0-9a-f]{12}$/);
    expect(one).not.toBe(other);
    expect(workerOfProcess(one)).toBe('night-shift');
    expect([isProcessId(one), isTaskId(one)]).toEqual([true, false]);
  });

  it.each([
    newTaskId('export', source),
    'host/42',
    '2026/11/21/[$LATEST]0123456789ab',
    'export_0123456789AB',
    '',
  ])('is not %s', (text) => {
    expect(isProcessId(text)).toBe(false);
  });
});
