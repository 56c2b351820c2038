import { randomUUID } from 'node:crypto';
import { systemClock } from '@taskfleet/toolbox/clock';
import {
  type Json,
  newTaskId,
  RECORD_VERSION,
  TASK_STATES,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import {
  claimTask,
  recordFailed,
  recordProgress,
  recordReleased,
  recordRetrying,
  recordSucceeded,
  resultKey,
} from '@taskfleet/toolbox/table';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';

const NOW = 1_700_000_000_000;
const DAY_MS = 86_400_000;

let stack: TableUnderTest;
beforeAll(async () => {
  stack = await startTaskTable();
});
afterAll(async () => stack.stop());

function newId(): TaskId {
  return newTaskId('notes', systemClock);
}

const ended = { now: NOW + 9, createdAt: NOW, retentionMs: DAY_MS };

async function claim(id: TaskId, holder = 'host/1', now = NOW) {
  return claimTask(stack.table, { id, nonce: randomUUID(), holder, now, maxAttempts: 10 });
}

async function claimed(id = newId()) {
  const { record } = await claim(id);
  return { id, token: record.token };
}

const stored = async (key: string) => stack.stored(key);

describe('a claim', () => {
  it('begins the first attempt', async () => {
    const id = newId();
    expect(await claim(id)).toEqual({
      kind: 'claimed',
      record: {
        v: RECORD_VERSION,
        id,
        state: 'running',
        attempt: 1,
        token: 1,
        claim: expect.any(String),
        holder: 'host/1',
        startedAt: NOW,
      },
    });
  });

  it('takes over with the next token, and keeps when the task first began', async () => {
    const { id } = await claimed();
    const { kind, record } = await claim(id, 'host/2', NOW + 5);
    expect(kind).toBe('claimed');
    expect(record).toMatchObject({ attempt: 2, token: 2, holder: 'host/2', startedAt: NOW });
  });

  it('is refused when the task has ended, and returns how', async () => {
    const held = await claimed();
    await recordSucceeded(stack.table, held, { ...ended, output: 'done' });
    const second = await claim(held.id);
    expect(second).toMatchObject({
      kind: 'ended',
      record: { state: 'succeeded', attempt: 1, token: 1, output: 'done', finishedAt: NOW + 9 },
    });
  });

  it('is won by each of many at the same time with a token of its own', async () => {
    const id = newId();
    const claims = await Promise.all(Array.from({ length: 10 }, async () => claim(id)));
    const tokens = claims.map(({ record }) => record.token);
    expect(tokens.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe('a fenced write', () => {
  const error = {
    name: 'Error',
    message: 'no',
    stack: 'Error: no\n    at run',
    attempt: 1,
    at: NOW,
  };
  const writes = {
    succeeded: async (held: Held) => recordSucceeded(stack.table, held, { ...ended, output: 1 }),
    failed: async (held: Held) => recordFailed(stack.table, held, { ...ended, error }),
    retrying: async (held: Held) => recordRetrying(stack.table, held, error),
    released: async (held: Held) => recordReleased(stack.table, held),
    progress: async (held: Held) => recordProgress(stack.table, held, { fraction: 0.5 }),
  };
  type Held = Awaited<ReturnType<typeof claimed>>;
  type Write = keyof typeof writes;
  const names = Object.keys(writes) as Write[];

  it.each(names)('%s is refused once somebody else has claimed the task', async (name) => {
    const held = await claimed();
    await claim(held.id, 'host/2');
    const before = await stored(resultKey(held.id));
    expect(await writes[name](held)).toBe('superseded');
    expect(await stored(resultKey(held.id))).toEqual(before);
  });

  it.each(names)('%s changes nothing after the end', async (name) => {
    const held = await claimed();
    await writes.succeeded(held);
    const before = await stored(resultKey(held.id));
    // The end itself, sent twice, is the same end.
    expect(await writes[name](held)).toBe(name === 'succeeded' ? 'written' : 'superseded');
    expect(await stored(resultKey(held.id))).toEqual(before);
  });

  it.each(names)('%s is refused for a task that nobody claimed', async (name) => {
    const id = newId();
    expect(await writes[name]({ id, token: 1 })).toBe('superseded');
    expect(await stack.recordOf(id)).toBeUndefined();
  });

  it.each([
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['retrying', 'retrying'],
    ['released', 'queued'],
    ['progress', 'running'],
  ] as const)('%s leaves the task %s', async (name, state) => {
    const held = await claimed();
    expect(await writes[name](held)).toBe('written');
    const record = await stack.recordOf(held.id);
    expect(record?.state).toBe(state);
    expect(TASK_STATES).toContain(record?.state);
  });

  it('of a released attempt leaves it uncounted, and fenced', async () => {
    const held = await claimed();
    await writes.released(held);
    expect((await stack.recordOf(held.id))?.attempt).toBe(0);
    const { record } = await claim(held.id);
    expect(record).toMatchObject({ attempt: 1, token: 2 });
  });

  it('at the end says when the record may go', async () => {
    const held = await claimed();
    await writes.succeeded(held);
    const { expiresAt } = await stored(resultKey(held.id));
    expect(expiresAt).toEqual({ N: String(Math.ceil((NOW + 15 * DAY_MS) / 1_000)) });
  });

  it('of a success forgets the error of the attempt before', async () => {
    const held = await claimed();
    await writes.retrying(held);
    const { stack: _stack, at: _at, ...short } = error;
    expect((await stack.recordOf(held.id))?.error).toEqual(short);
    await writes.succeeded(await claimed(held.id));
    expect((await stack.recordOf(held.id))?.error).toBeUndefined();
  });

  it('keeps any output as it is', async () => {
    const odd: Json[] = [
      '',
      '\u0000',
      '😀\uD800',
      { '': [''] },
      [[[[]]]],
      null,
      0,
      -0.5,
      1e300,
      false,
    ];
    const json = fc.jsonValue().filter((some) => !JSON.stringify(some).includes('__proto__'));
    const property = fc.asyncProperty(fc.oneof(fc.constantFrom(...odd), json), async (value) => {
      const output = JSON.parse(JSON.stringify(value)) as Json;
      const held = await claimed();
      await recordSucceeded(stack.table, held, { ...ended, output });
      expect((await stack.recordOf(held.id))?.output).toEqual(output);
    });
    await fc.assert(property, { numRuns: 50 });
  });

  it('keeps a number that JSON does not know as null', async () => {
    const held = await claimed();
    await recordSucceeded(stack.table, held, { ...ended, output: Number.NaN });
    expect((await stack.recordOf(held.id))?.output).toBeNull();
  });
});
