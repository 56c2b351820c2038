import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { HeldMessage } from '../consume/index.ts';
import { defineTask, type RateLimit, type TaskId } from '../contract/index.ts';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { memoryLog } from '../testing/memoryLog.ts';
import { awaitTurn } from './awaitTurn.ts';
import { ProcessTurns } from './processTurns.ts';

const id: TaskId = `a_${'0a'.repeat(16)}`;
const message = { v: 1, id, root: id, task: 'a.b', input: null, createdAt: 1 } as const;
const taskWith = (rateLimitPerProcess: RateLimit) =>
  defineTask('a.b', { input: z.null(), output: z.null(), rateLimitPerProcess });

/** A process that is given messages of one task; whatever it asked of the table would fail. */
function processOf(clock: ManualClock, rateLimit: RateLimit = '10/m') {
  const task = taskWith(rateLimit);
  const draining = new AbortController();
  const table = { dynamodb: new DynamoDBClient({ region: 'none' }), tableName: 'none' };
  const options = {
    table,
    clock,
    turns: new ProcessTurns(clock),
    log: memoryLog().log,
    worker: { name: 'a', rateLimitMs: undefined },
    draining: draining.signal,
    stopping: new AbortController().signal,
  };
  const held: HeldMessage = {
    body: '',
    receiptHandle: 'r',
    groupId: 'g',
    deduplicationId: 'd',
    receiveCount: 1,
    signal: new AbortController().signal,
    isHeld: () => true,
  };
  const begin = async () => awaitTurn(options, held, { message, task, handler: () => null });
  return { begin, stop: () => draining.abort() };
}

describe('a rate limit of each process', () => {
  it('spreads what begins evenly, and asks nobody', async () => {
    const clock = manualClock();
    const { begin } = processOf(clock);
    expect(await Promise.all([begin(), begin(), begin()])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(clock.slept).toEqual([6_000, 12_000]);
  });

  it('saves nothing up', async () => {
    const clock = manualClock();
    const { begin } = processOf(clock);
    await begin();
    clock.advance(60_000);
    await begin();
    expect(clock.slept).toEqual([]);
    await begin();
    expect(clock.slept).toEqual([6_000]);
  });

  it('is of one process: another has turns of its own', async () => {
    const clock = manualClock();
    await Promise.all([processOf(clock).begin(), processOf(clock).begin()]);
    expect(clock.slept).toEqual([]);
  });

  it('gives a message back whose process stops before its turn', async () => {
    const { begin, stop } = processOf(manualClock());
    await begin();
    const waiting = begin();
    stop();
    expect(await waiting).toEqual({ kind: 'return' });
  });
});
