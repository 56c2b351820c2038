import { type TaskDefinitionRecord, type TaskId } from '@taskfleet/toolbox/contract';
import { readTasks } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal, keepDefinitions } from '../../platform/tracker/keepDefinitions.ts';
import { differsOn } from '../fixtures/backend.ts';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';
import { newId } from './startPlatformUnderTest.ts';

let fixture: TableUnderTest;
beforeAll(async () => {
  fixture = await startTaskTable();
});
afterAll(async () => fixture.stop());

function definition(given: Partial<TaskDefinitionRecord> = {}): TaskDefinitionRecord {
  const id = newId();
  const standard = { v: 1, id, task: 'echo.say', worker: 'echo', input: {}, root: id } as const;
  return { ...standard, createdAt: 1, ...given };
}

const keep = async (...definitions: TaskDefinitionRecord[]) =>
  keepDefinitions(
    fixture.table,
    definitions.map((some) => ({ definition: some, retentionMs: 60_000 })),
  );

async function stored(...ids: TaskId[]): Promise<boolean[]> {
  return (await readTasks(fixture.table, ids)).map((task) => task !== undefined);
}

async function refuses(given: Partial<TaskDefinitionRecord>): Promise<boolean> {
  const [before, culprit, after] = [definition(), definition(given), definition()];
  const [first, refused, last] = await keep(before, culprit, after);
  expect([first?.ok, last?.ok]).toEqual([true, true]);
  const isStored = await stored(before.id, culprit.id, after.id);
  expect(isStored).toEqual([true, refused?.ok, true]);
  return refused?.ok === false && isRefusal(refused.error);
}

describe('a definition that DynamoDB can never take is refused alone', () => {
  it('for more than 400 KB', async () => {
    expect(await refuses({ input: 'x'.repeat(410_000) })).toBe(true);
  });

  it.each([
    ['of nothing', { subject: '' }],
    ['of more than 2,048 bytes', { subject: 'ö'.repeat(1_025) }],
  ])('for an index key %s', { fails: differsOn('table', 'embedded') }, async (_what, given) => {
    expect(await refuses(given)).toBe(true);
  });
});

describe('definitions of a batch', () => {
  it('with the same id are one', async () => {
    const twice = definition({ subject: 'ö'.repeat(1_024) });
    expect(await keep(twice, definition(), twice)).toMatchObject([
      { ok: true },
      { ok: true },
      { ok: true },
    ]);
    expect(await stored(twice.id)).toEqual([true]);
  });
});
