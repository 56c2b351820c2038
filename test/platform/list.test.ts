import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskDefinitionRecord, TaskId, TaskState } from '@taskfleet/toolbox/contract';
import {
  claimTask,
  DEFINITIONS_PER_WRITE,
  putDefinitions,
  recordFailed,
  recordSucceeded,
} from '@taskfleet/toolbox/table';
import { createReader, type ListRequest } from '@taskfleet/platform/reader';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';
import { newId } from './startPlatformUnderTest.ts';

const NOW = Date.UTC(2030, 0, 1);
const DAY_MS = 86_400_000;
const clock = { ...systemClock, now: () => NOW };

let platform: TableUnderTest;
beforeAll(async () => {
  platform = await startTaskTable();
});
afterAll(() => platform.stop());

function definition(given: Partial<TaskDefinitionRecord>): TaskDefinitionRecord {
  const id = newId(given.worker);
  const standard = { v: 1, id, task: 'echo.say', worker: 'echo', input: {}, root: id } as const;
  return { ...standard, createdAt: NOW - 60_000, ...given };
}

async function keepAll(definitions: readonly TaskDefinitionRecord[]): Promise<TaskId[]> {
  const entries = definitions.map((record) => ({ definition: record, retentionMs: DAY_MS }));
  for (let start = 0; start < entries.length; start += DEFINITIONS_PER_WRITE) {
    await putDefinitions(platform.table, entries.slice(start, start + DEFINITIONS_PER_WRITE));
  }
  return definitions.map(({ id }) => id);
}

async function keep(given: Partial<TaskDefinitionRecord> = {}): Promise<TaskId> {
  const record = definition(given);
  await keepAll([record]);
  return record.id;
}

async function end(id: TaskId, state: TaskState, at = NOW - 1_000): Promise<void> {
  const { record } = await claimTask(platform.table, {
    id,
    nonce: id,
    holder: 'test',
    now: at,
    maxAttempts: 3,
  });
  const held = { id, token: record.token };
  const ended = { now: at, createdAt: at, retentionMs: DAY_MS };
  if (state === 'succeeded') await recordSucceeded(platform.table, held, { ...ended, output: 1 });
  const error = { name: 'Error', message: 'broken', attempt: 1, at };
  if (state === 'failed') await recordFailed(platform.table, held, { ...ended, error });
}

const reader = () => createReader(platform.table, clock);

/** Ids of every page, in order. */
async function pages(request: ListRequest): Promise<TaskId[][]> {
  const page = await reader().list(request);
  const ids = page.tasks.map(({ id }) => id);
  if (page.cursor === undefined) return [ids];
  return [ids, ...(await pages({ ...request, cursor: page.cursor }))];
}

describe('a list', () => {
  it('pages through 250 tasks of all shards in order, without gaps or doubles', async () => {
    const made: { id: TaskId; at: number }[] = [];
    // Forty share each millisecond, so that pages end between equals.
    for (let i = 0; i < 250; i += 1) {
      const at = NOW - 3_600_000 + Math.floor(i / 40);
      made.push({ at, id: await keep({ worker: 'paged', createdAt: at, task: 'paged.task' }) });
    }
    const expected = made.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    const listed = await pages({ limit: 30, worker: 'paged' });
    expect(listed.flat()).toEqual(expected.map(({ id }) => id));
    expect(listed.map((ids) => ids.length)).toEqual([30, 30, 30, 30, 30, 30, 30, 30, 10]);
    expect(new Set(made.map(({ id }) => id.slice(-1))).size).toBeGreaterThan(8);
  });

  it('keeps the order where a whole read has one time', async () => {
    const subject = 'rush';
    const all = Array.from({ length: 130 }, (_, i) =>
      definition({ subject, task: i % 2 === 0 ? 'echo.say' : 'echo.ask' }),
    );
    await keepAll(all);
    const asked = all.filter(({ task }) => task === 'echo.ask').map(({ id }) => id);
    const listed = await pages({ limit: 20, subject, task: 'echo.ask' });
    expect(listed.flat()).toEqual(asked.toSorted().toReversed());
    expect(listed.map((ids) => ids.length)).toEqual([20, 20, 20, 5]);
  });

  it('gives up a long search, and goes on from its cursor', async () => {
    const subject = 'haystack';
    const others = Array.from({ length: 1_050 }, () => definition({ subject }));
    await keepAll(others);
    const needle = await keep({ subject, task: 'echo.ask', createdAt: NOW - 120_000 });
    expect(await pages({ limit: 5, subject, task: 'echo.ask' })).toEqual([[], [needle]]);
  });

  it('shows the tasks about a subject, and no others', async () => {
    const ids = [await keep({ subject: 'project/1', createdAt: NOW - 2_000 })];
    ids.unshift(await keep({ subject: 'project/1', createdAt: NOW - 1_000 }));
    await keep({ subject: 'project/2' });
    expect(await pages({ limit: 10, subject: 'project/1' })).toEqual([ids]);
    expect(await pages({ limit: 1, subject: 'project/1' })).toEqual(ids.map((id) => [id]));
  });

  it('shows a family with its root, from any of its members', async () => {
    const root = await keep({ createdAt: NOW - 5_000 });
    const child = await keep({ root, parent: root, createdAt: NOW - 4_000 });
    const grandchild = await keep({ root, parent: child, createdAt: NOW - 3_000 });
    for (const family of [root, child, grandchild]) {
      expect(await pages({ limit: 10, family })).toEqual([[grandchild, child, root]]);
    }
    expect((await pages({ limit: 1, family: root })).flat()).toEqual([grandchild, child, root]);
  });

  it('shows the tasks that failed, the last to fail first', async () => {
    const [early, late] = [await keep(), await keep({ createdAt: NOW - 120_000 })];
    await end(early, 'failed', NOW - 3_000);
    await end(late, 'failed', NOW - 2_000);
    expect(await pages({ limit: 10, state: 'failed' })).toEqual([[late, early]]);
  });

  it('narrows by state and task beside the index', async () => {
    const subject = 'narrow';
    const done = await keep({ subject });
    await end(done, 'succeeded');
    const other = await keep({ subject, task: 'echo.ask' });
    expect(await pages({ limit: 10, subject, state: 'succeeded' })).toEqual([[done]]);
    expect(await pages({ limit: 10, subject, state: 'queued' })).toEqual([[other]]);
    expect(await pages({ limit: 10, subject, task: 'echo.ask' })).toEqual([[other]]);
    expect(await pages({ limit: 10, subject, worker: 'paged' })).toEqual([[]]);
  });

  it('leaves out what has expired though it is still stored', async () => {
    const subject = 'expired';
    await keep({ subject, createdAt: NOW - 40 * DAY_MS });
    const ended = await keep({ subject, createdAt: NOW - 17 * DAY_MS });
    await end(ended, 'succeeded', NOW - 16 * DAY_MS);
    const alive = await keep({ subject });
    expect(await pages({ limit: 10, subject })).toEqual([[alive]]);
    await expect(reader().get(ended)).rejects.toThrow('no task has the id');
  });

  it.each([
    [{ limit: 0 }, 'limit: expected a whole number from 1 to 500'],
    [{ limit: Number.NaN }, 'limit: expected a whole number from 1 to 500'],
    [{ limit: 5, subject: '' }, 'subject: expected at least one character'],
    [{ limit: 5, cursor: 'x' }, 'cursor: expected the one that the page before ended with'],
    [
      { limit: 5, cursor: `subject.abc.${newId()}` },
      'cursor: expected the one that the page before ended with, with the same filters',
    ],
    [{ limit: 5, family: newId() }, 'no task has the id'],
  ])('refuses %j', async (request, message) => {
    await expect(reader().list(request)).rejects.toThrow(message);
  });
});

describe('get', () => {
  it.each(['echo_0199', '', 'échø', newId()])('refuses the unknown id "%s"', async (id) => {
    await expect(reader().get(id)).rejects.toThrow(`no task has the id "${id}"`);
  });
});
