import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { systemClock } from '@taskfleet/toolbox/clock';
import { newTaskId, RECORD_VERSION, type TaskId } from '@taskfleet/toolbox/contract';
import {
  type CancelNotice,
  DUE_SHARDS,
  type DueMessage,
  isDueKept,
  keepDue,
  keepDueOnce,
  moveDue,
  putDefinitionOnce,
  readControl,
  readDue,
  readDueTask,
  readTasks,
  removeDue,
  takeDue,
  tellCancel,
} from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dueTask } from '../fixtures/dueTask.ts';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';

const NOW = 1_700_000_000_000;

let fixture: TableUnderTest;
beforeAll(async () => {
  fixture = await startTaskTable();
});
afterAll(async () => fixture.stop());

const newId = (worker = 'notes') => newTaskId(worker, systemClock);

async function keep(groupId: string, dueAt: number): Promise<DueMessage> {
  const task = dueTask(newId(), { groupId, dueAt });
  await keepDue(fixture.table, task);
  const { definition: _definition, ...message } = task;
  return message;
}

async function due(until: number): Promise<DueMessage[]> {
  const shards = await Promise.all(
    DUE_SHARDS.map(async (shard) => readDue(fixture.table, shard, until)),
  );
  return shards.flat();
}

describe('what is due', () => {
  it('comes in the order of the times, to fractions of a millisecond, up to the time asked for', async () => {
    const later = await keep('ordered', NOW + 1);
    const second = await keep('ordered', NOW + 0.25);
    const first = await keep('ordered', NOW + 0.125);
    const wanted = [first, second];
    expect(await due(NOW + 0.5)).toMatchObject(wanted);
    expect(await due(NOW + 1)).toMatchObject([...wanted, later]);
    await removeDue(
      fixture.table,
      [first, second, later].map(({ id }) => id),
    );
    expect(await due(NOW + 1)).toEqual([]);
  });

  it('comes a hundred at a time, and is gone once it is removed', async () => {
    const all: DueMessage[] = [];
    for (let i = 0; i < 130; i += 1) all.push(await keep('many', NOW - 1_000 + i));
    const some = await due(NOW);
    expect(some.map(({ id }) => id)).toEqual(all.slice(0, 100).map(({ id }) => id));
    await removeDue(
      fixture.table,
      some.map(({ id }) => id),
    );
    expect((await due(NOW)).map(({ id }) => id)).toEqual(all.slice(100).map(({ id }) => id));
    expect(await isDueKept(fixture.table, all[0]!.id)).toBe(false);
    expect(await isDueKept(fixture.table, all[100]!.id)).toBe(true);
  });

  it('is not kept waiting by what nobody can read', async () => {
    const strangers: string[] = [];
    for (let i = 0; i < 101; i += 1) {
      const { id } = await keep('strange', NOW - 9_000);
      strangers.push(`due#${id}`);
      await fixture.table.dynamodb.send(
        new UpdateItemCommand({
          TableName: fixture.table.tableName,
          Key: { pk: { S: `due#${id}` } },
          UpdateExpression: 'SET v = :later',
          ExpressionAttributeValues: { ':later': { N: '2' } },
        }),
      );
    }
    const behind = await keep('strange', NOW - 8_000);
    const told: string[] = [];
    const onUnreadable = (key: string) => void told.push(key);
    const shards = DUE_SHARDS.map(async (shard) =>
      readDue(fixture.table, shard, NOW - 8_000, { onUnreadable }),
    );
    expect((await Promise.all(shards)).flat()).toEqual([{ ...behind, v: 1 }]);
    expect(told.toSorted()).toEqual(strangers.toSorted());
    const ids = [...strangers.map((key) => key.slice('due#'.length)), behind.id];
    await removeDue(fixture.table, ids as TaskId[]);
  });

  it('may be removed twice', async () => {
    const { id } = await keep('twice', NOW);
    await removeDue(fixture.table, [id]);
    await removeDue(fixture.table, [id]);
    expect(await isDueKept(fixture.table, id)).toBe(false);
  });
});

describe('a task that waits for its time', () => {
  it('is seen by whoever asks for what waits, and by nobody else', async () => {
    const task = dueTask(newId(), { dueAt: NOW });
    await keepDue(fixture.table, task);
    expect(await readTasks(fixture.table, [task.id])).toEqual([undefined]);
    const [seen] = await readTasks(fixture.table, [task.id], { waiting: true });
    expect(seen).toMatchObject({ id: task.id, state: 'scheduled', task: 'notes.add' });
    expect(JSON.stringify(seen)).not.toContain('größer');
  });

  it('is moved as long as it is where it was read and nobody has taken it', async () => {
    const task = dueTask(newId(), { dueAt: NOW });
    await keepDue(fixture.table, task);
    const later = { ...task, dueAt: NOW + 5 };
    expect(await moveDue(fixture.table, task, later)).toBe(true);
    expect(await moveDue(fixture.table, task, later)).toBe(false);
    expect(await takeDue(fixture.table, task)).toBe(false);
    expect(await takeDue(fixture.table, later)).toBe(true);
    expect(await moveDue(fixture.table, later, task)).toBe(false);
    // Whoever took it may have died since.
    expect(await takeDue(fixture.table, later)).toBe(true);
    expect(await readDueTask(fixture.table, task.id)).toMatchObject({ ...later, taken: true });
  });

  it('stays as it was first kept under its key', async () => {
    const task = dueTask(newId(), { dueAt: NOW, input: 1 });
    await keepDueOnce(fixture.table, task);
    await keepDueOnce(fixture.table, dueTask(task.id, { dueAt: NOW + 9, input: 2 }));
    expect(await readDueTask(fixture.table, task.id)).toMatchObject(task);
  });
});

describe('a definition put once', () => {
  it('stays as it was first put', async () => {
    const id = newId();
    const definition = { v: RECORD_VERSION, id, root: id, task: 'notes.add', worker: 'notes' };
    const first = { ...definition, v: 1 as const, input: 1, createdAt: NOW };
    const put = async (input: number) =>
      putDefinitionOnce(fixture.table, { definition: { ...first, input }, retentionMs: 1_000 });
    expect([await put(1), await put(2)]).toEqual([true, false]);
    expect(await readTasks(fixture.table, [id])).toMatchObject([{ input: 1 }]);
  });
});

describe('what a worker is told', () => {
  const notice = (worker: string, at: number): CancelNotice => ({
    id: newId(worker),
    by: 'alice',
    at,
  });

  it('is nothing before anybody says something', async () => {
    expect(await readControl(fixture.table, 'unheard')).toEqual({ v: 1, revision: 0, cancels: [] });
  });

  it('has what many tell at the same time', async () => {
    const all = Array.from({ length: 8 }, () => notice('busy', NOW));
    await Promise.all(all.map(async (some) => tellCancel(fixture.table, some)));
    const { cancels } = await readControl(fixture.table, 'busy');
    expect(cancels.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  });

  it('forgets what was told a quarter of an hour before', async () => {
    const [old, young] = [notice('calm', NOW), notice('calm', NOW + 15 * 60_000)];
    await tellCancel(fixture.table, old);
    await tellCancel(fixture.table, young);
    expect((await readControl(fixture.table, 'calm')).cancels).toEqual([young]);
  });
});
