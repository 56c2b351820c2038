import { randomUUID } from 'node:crypto';
import { systemClock } from '@taskfleet/toolbox/clock';
import { newTaskId, type TaskId } from '@taskfleet/toolbox/contract';
import {
  type Claim,
  claimTask,
  readResult,
  recordCancelled,
  recordCancelledAttempt,
  recordCancelRequest,
  recordReleased,
  recordRetrying,
  recordSnoozed,
  recordSucceeded,
} from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';

const NOW = 1_700_000_000_000;
const MAX_ATTEMPTS = 2;
const cancel = { by: 'alice', at: NOW };
const ended = { now: NOW + 9, createdAt: NOW, retentionMs: 60_000 };
const error = { name: 'Error', message: 'no', attempt: 1, at: NOW };

let fixture: TableUnderTest;
beforeAll(async () => {
  fixture = await startTaskTable();
});
afterAll(async () => fixture.stop());

function newId(): TaskId {
  return newTaskId('notes', systemClock);
}

async function claim(id: TaskId, nonce: string = randomUUID()): Promise<Claim> {
  return claimTask(fixture.table, {
    id,
    nonce,
    holder: 'host/1',
    now: NOW,
    maxAttempts: MAX_ATTEMPTS,
  });
}

async function claimed(id = newId()) {
  const { record } = await claim(id);
  return { id, token: record.token, attempt: record.attempt };
}

const result = async (id: TaskId) => readResult(fixture.table, id);

describe('a claim', () => {
  it('whose answer was lost is known again, and counted once', async () => {
    const id = newId();
    const first = await claim(id, 'the same');
    expect(await claim(id, 'the same')).toEqual(first);
    expect(first).toMatchObject({ kind: 'claimed', record: { attempt: 1, token: 1 } });
  });

  it('is refused when all attempts were begun, and changes nothing', async () => {
    const { id } = await claimed();
    const last = await claimed(id);
    const before = await result(id);
    expect(await claim(id)).toEqual({ kind: 'exhausted', record: before });
    expect(last.attempt).toBe(MAX_ATTEMPTS);
    expect(await result(id)).toEqual(before);
  });

  it('is refused after a cancel request, which its holder may still record', async () => {
    const held = await claimed();
    const met = await result(held.id);
    expect(await recordCancelRequest(fixture.table, { id: held.id, cancel, met })).toBe(true);
    expect(await claim(held.id)).toMatchObject({ kind: 'cancelled', record: { cancel } });
    const end = { ...ended, by: 'alice', attempt: 1 };
    expect(await recordCancelledAttempt(fixture.table, held, end)).toBe('written');
    expect(await claim(held.id)).toMatchObject({ kind: 'ended', record: { state: 'cancelled' } });
  });

  it.each([
    ['retrying', recordRetrying, 2],
    ['released', recordReleased, 1],
    ['snoozed', recordSnoozed, 1],
  ] as const)('may follow an attempt that was %s', async (_what, record, attempt) => {
    const held = await claimed();
    expect(await record(fixture.table, held, error)).toBe('written');
    expect(await claim(held.id)).toMatchObject({ kind: 'claimed', record: { attempt, token: 2 } });
  });

  it('of many workers for the last attempt is won by one', async () => {
    const { id } = await claimed();
    const claims = await Promise.all(Array.from({ length: 10 }, async () => claim(id)));
    const kinds = claims.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(['claimed', ...Array(9).fill('exhausted')]);
  });
});

describe('a cancel', () => {
  it('ends a task that nobody has ever claimed', async () => {
    const id = newId();
    expect(await recordCancelled(fixture.table, { id, cancel, met: undefined, ...ended })).toBe(
      true,
    );
    expect(await claim(id)).toMatchObject({
      kind: 'ended',
      record: { state: 'cancelled', attempt: 0, token: 0, cancel, finishedAt: ended.now },
    });
  });

  it('is refused once somebody has written since, and changes nothing', async () => {
    const held = await claimed();
    const late = { id: held.id, cancel, met: undefined };
    expect(await recordCancelled(fixture.table, { ...late, ...ended })).toBe(false);
    const met = await result(held.id);
    await recordSucceeded(fixture.table, held, { ...ended, output: 1 });
    expect(await recordCancelRequest(fixture.table, { id: held.id, cancel, met })).toBe(false);
    expect(await result(held.id)).not.toHaveProperty('cancel');
  });
});
