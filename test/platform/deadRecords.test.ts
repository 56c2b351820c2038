import type { TaskId } from '@taskfleet/toolbox/contract';
import {
  claimTask,
  readResult,
  recordDead,
  recordPurged,
  recordRedriven,
  recordSucceeded,
} from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';
import { newId } from './startPlatformUnderTest.ts';

let platform: TableUnderTest;
beforeAll(async () => {
  platform = await startTaskTable();
});
afterAll(() => platform.stop());

const times = { now: 5, createdAt: 5, retentionMs: 60_000 };

const claim = async (id: TaskId) =>
  claimTask(platform.table, { id, nonce: newId(), holder: 'h', now: 5, maxAttempts: 3 });

async function die(id: TaskId): Promise<boolean> {
  const met = await readResult(platform.table, id);
  return recordDead(platform.table, { id, reason: 'because', met, ...times });
}

describe('the record of a task', () => {
  it('that somebody has claimed since it was read does not become dead', async () => {
    const id = newId();
    const late = async (met: Awaited<ReturnType<typeof readResult>>) =>
      recordDead(platform.table, { id, reason: 'because', met, ...times });
    await claim(id);
    expect(await late(undefined)).toBe(false);
    const met = await readResult(platform.table, id);
    await claim(id);
    expect(await late(met)).toBe(false);
    expect(await readResult(platform.table, id)).toMatchObject({ state: 'running', attempt: 2 });
  });

  it('that is dead takes no claim and no late write of its last holder', async () => {
    const id = newId();
    const { record } = await claim(id);
    expect(await die(id)).toBe(true);
    expect((await claim(id)).kind).toBe('ended');
    const held = { id, token: record.token };
    const ended = { ...times, output: 1 };
    expect(await recordSucceeded(platform.table, held, ended)).toBe('superseded');
    expect(await readResult(platform.table, id)).toMatchObject({ state: 'dead', attempt: 1 });
  });

  it('that is redriven begins anew, with a fencing token that goes on growing', async () => {
    const id = newId();
    await claim(id);
    await die(id);
    expect(await recordRedriven(platform.table, id)).toBe('queued');
    const { kind, record } = await claim(id);
    expect({ kind, attempt: record.attempt, token: record.token }).toEqual({
      kind: 'claimed',
      attempt: 1,
      token: 2,
    });
    expect(record).not.toHaveProperty('error');
  });

  it.each(['redriven', 'purged'])('that is not dead is left alone when it is %s', async (verb) => {
    const id = newId();
    await claim(id);
    const before = await readResult(platform.table, id);
    if (verb === 'redriven') await recordRedriven(platform.table, id);
    else await recordPurged(platform.table, id, { reason: 'because', attempt: 1 });
    expect(await readResult(platform.table, id)).toEqual(before);
  });
});
