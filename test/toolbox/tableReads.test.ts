import { randomUUID } from 'node:crypto';
import { systemClock } from '@taskfleet/toolbox/clock';
import {
  newTaskId,
  RECORD_VERSION,
  type TaskDefinitionRecord,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import {
  claimTask,
  definitionKey,
  putDefinitions,
  readTasks,
  recordSucceeded,
  resultKey,
  TABLE_INDEXES,
} from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';

const NOW = 1_700_000_000_000;
const DAY_MS = 86_400_000;

let stack: TableUnderTest;
let itemUnits = 0;
/** Of writes to indexes, where the backend counts them. */
let indexUnits = 0;
beforeAll(async () => {
  stack = await startTaskTable();
  stack.table.dynamodb.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
      const answer = await next(args);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: Units | Units[] };
      for (const { CapacityUnits = 0, Table = { CapacityUnits } } of [
        ConsumedCapacity ?? [],
      ].flat()) {
        itemUnits += Table.CapacityUnits ?? 0;
        indexUnits += CapacityUnits - (Table.CapacityUnits ?? 0);
      }
      return answer;
    },
    { step: 'initialize' },
  );
});
afterAll(async () => stack.stop());

interface Units {
  readonly CapacityUnits?: number;
  readonly Table?: Pick<Units, 'CapacityUnits'>;
}

function newId(): TaskId {
  return newTaskId('notes', systemClock);
}

async function claim(id: TaskId, holder = 'host/1', now = NOW) {
  return claimTask(stack.table, { id, nonce: randomUUID(), holder, now, maxAttempts: 3 });
}

async function claimed(id = newId()) {
  const { record } = await claim(id);
  return { id, token: record.token };
}

function definition(id: TaskId, more: Partial<TaskDefinitionRecord> = {}): TaskDefinitionRecord {
  return {
    v: RECORD_VERSION,
    id,
    task: 'notes.add',
    worker: 'notes',
    input: { text: 'x' },
    root: id,
    createdAt: NOW,
    ...more,
  };
}

async function keep(...definitions: TaskDefinitionRecord[]) {
  return putDefinitions(
    stack.table,
    definitions.map((some) => ({ definition: some, retentionMs: DAY_MS })),
  );
}

const stored = async (key: string) => stack.stored(key);

describe('definitions', () => {
  it('put twice are the same as put once', async () => {
    const id = newId();
    expect(await keep(definition(id))).toEqual([true]);
    const first = await stored(definitionKey(id));
    expect(await keep(definition(id))).toEqual([true]);
    expect(await stored(definitionKey(id))).toEqual(first);
  });

  it('come back as they were put, with every field that a call may have', async () => {
    const asked = definition(newId(), {
      dueAt: NOW + 4,
      expires: NOW + 5,
      keyed: true,
      ignoreResult: true,
      lane: 'l',
      limits: { maxAttempts: 2 },
    });
    await keep(asked);
    const { v: _, ...fields } = asked;
    expect(await readTasks(stack.table, [asked.id])).toMatchObject([fields]);
  });

  it('and results may come in any order', async () => {
    const held = await claimed();
    await recordSucceeded(stack.table, held, {
      now: NOW,
      createdAt: NOW,
      retentionMs: DAY_MS,
      output: 'done',
    });
    const [early] = await readTasks(stack.table, [held.id]);
    expect(early).toMatchObject({ id: held.id, worker: 'notes', state: 'succeeded' });
    expect(early?.task).toBeUndefined();
    await keep(definition(held.id));
    const [complete] = await readTasks(stack.table, [held.id]);
    expect(complete).toMatchObject({ task: 'notes.add', input: { text: 'x' }, state: 'succeeded' });
  });
});

describe('reading tasks', () => {
  it('answers in the order of the ids, with nothing for an unknown one', async () => {
    const ids = Array.from({ length: 60 }, newId);
    for (let start = 0; start < 60; start += 25) {
      await keep(...ids.slice(start, start + 25).map((id) => definition(id)));
    }
    const asked = [newId(), ...ids, newId(), ids[0]!];
    const records = await readTasks(stack.table, asked);
    expect(records.map((record) => record?.id)).toEqual([undefined, ...ids, undefined, ids[0]]);
  });

  it('answers nothing to nothing', async () => {
    expect(await readTasks(stack.table, [])).toEqual([]);
  });

  it('finds a task gone when a part of it may go', async () => {
    const held = await claimed();
    await keep(definition(held.id));
    await recordSucceeded(stack.table, held, {
      now: NOW,
      createdAt: NOW,
      retentionMs: 1_000,
      output: null,
    });
    const at = async (aliveAt: number) => (await readTasks(stack.table, [held.id], { aliveAt }))[0];
    expect(await at(NOW)).toMatchObject({ state: 'succeeded' });
    expect(await at(NOW + 14 * DAY_MS)).toMatchObject({ state: 'succeeded' });
    expect(await at(NOW + 14 * DAY_MS + 1_000)).toBeUndefined();
  });
});

describe('the happy path', () => {
  it('costs at most four write units, indexes included', async () => {
    [itemUnits, indexUnits] = [0, 0];
    const id = newId();
    await keep(definition(id));
    await recordSucceeded(stack.table, await claimed(id), {
      now: NOW,
      createdAt: NOW,
      retentionMs: DAY_MS,
      progress: { fraction: 1, note: 'done' },
      output: { length: 1 },
    });
    const itemWrites = itemUnits;
    const indexWrites = indexUnits;
    const items = [await stored(definitionKey(id)), await stored(resultKey(id))];
    // The embedded emulator counts no index writes: an item costs one for each index whose keys it has.
    const indexed = items.flatMap((item) =>
      TABLE_INDEXES.filter(({ partitionKey, sortKey }) => item[partitionKey] && item[sortKey]),
    );
    expect(indexed.map(({ name }) => name)).toEqual(['recent']);
    expect(itemWrites).toBe(3);
    expect([0, 1]).toContain(indexWrites);
    expect(itemWrites + indexed.length).toBeLessThanOrEqual(4);
  });
});
