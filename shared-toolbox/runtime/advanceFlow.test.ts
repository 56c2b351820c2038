import { describe, expect, it } from 'vitest';
import type { Scheduler } from '../schedule/index.ts';
import { memoryLog } from '../testing/memoryLog.ts';
import { advanceFlow } from './advanceFlow.ts';

const message = { id: 'sums_1', flow: { id: 'flow_1', node: 'r.m0' } } as const;
const never = new Promise<never>(() => undefined);

/** A worker whose table has no result of the task, and whose flow is carried on in this way. */
function advancing(advance: () => Promise<void>, stopping: AbortSignal) {
  const dynamodb = { send: async () => ({}) } as never;
  const scheduler = { flows: { advance } } as unknown as Scheduler;
  const options = { table: { dynamodb, tableName: 'tasks' }, scheduler, stopping, ...memoryLog() };
  return advanceFlow(options, message, { kind: 'delete' });
}

describe('carrying a flow on', () => {
  it('lets the message go once it is done', async () => {
    const { signal } = new AbortController();
    expect(await advancing(async () => undefined, signal)).toEqual({ kind: 'delete' });
  });

  it('has the message come back when it fails', async () => {
    const { signal } = new AbortController();
    const failing = async () => Promise.reject(new Error('away'));
    expect(await advancing(failing, signal)).toMatchObject({ kind: 'hide' });
  });

  it('returns the message when the grace of a stopping worker is over first', async () => {
    const grace = new AbortController();
    const advanced = advancing(async () => never, grace.signal);
    grace.abort();
    expect(await advanced).toEqual({ kind: 'return' });
  });
});
