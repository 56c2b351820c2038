import { systemClock } from '@taskfleet/toolbox/clock';
import { newProcessId, newTaskId } from '@taskfleet/toolbox/contract';
import {
  type Heartbeat,
  putHeartbeat,
  readHeartbeats,
  removeHeartbeat,
  type RunningTask,
} from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';

const NOW = 1_790_000_000_000;
const at = (now: number) => ({ ...systemClock, now: () => now });

let stack: TableUnderTest;
let units = 0;
beforeAll(async () => {
  stack = await startTaskTable();
  stack.table.dynamodb.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
      const answer = await next(args);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: Units };
      units += ConsumedCapacity?.Table?.CapacityUnits ?? 0;
      return answer;
    },
    { step: 'initialize' },
  );
});
afterAll(async () => stack.stop());

interface Units {
  readonly Table?: { readonly CapacityUnits?: number };
}

const runs = (worker: string, count: number): RunningTask[] =>
  Array.from({ length: count }, (_, i) => ({
    id: newTaskId(worker, systemClock),
    task: `${worker}.say`,
    startedAt: NOW - i,
  }));

function heartbeat(worker: string, said: Partial<Heartbeat> = {}): Heartbeat {
  return {
    id: newProcessId(worker, systemClock),
    worker,
    host: 'ip-10-0-0-1',
    pid: 7,
    toolbox: '0.1.0',
    node: '24.21.0',
    startedAt: NOW - 5_000,
    beatAt: NOW,
    beat: 3,
    intervalSeconds: 10,
    leaseSeconds: 12,
    state: 'running',
    revision: 4,
    concurrency: 10,
    running: 2,
    tasks: runs(worker, 2),
    processed: 5,
    failed: 1,
    retried: 2,
    rssBytes: 90_000_000,
    lagMs: 1.5,
    ...said,
  };
}

describe('what a process says of itself', () => {
  it('is read as it was said last, until it is taken back', async () => {
    const first = heartbeat('night-shift');
    const last = { ...first, beat: 4, state: 'paused' } as const;
    await putHeartbeat(stack.table, first);
    await putHeartbeat(stack.table, last);
    const ids = [first.id, newProcessId('none', systemClock), first.id];
    const read = await readHeartbeats(stack.table, ids, at(NOW));
    expect([...read]).toEqual([[first.id, last]]);
    await removeHeartbeat(stack.table, first.id);
    expect((await readHeartbeats(stack.table, ids, at(NOW))).size).toBe(0);
  });

  it('is forgotten an hour after it was said, whether DynamoDB has deleted it or not', async () => {
    const said = heartbeat('echo');
    await putHeartbeat(stack.table, said);
    const sizeAt = async (now: number) =>
      (await readHeartbeats(stack.table, [said.id], at(now))).size;
    expect([await sizeAt(NOW + 3_599_999), await sizeAt(NOW + 3_600_000)]).toEqual([1, 0]);
  });

  it('has every running task of a worker with the default concurrency', async () => {
    const tasks = runs('thumbnails', 10);
    const said = heartbeat('thumbnails', { running: 10, tasks });
    await putHeartbeat(stack.table, said);
    const read = await readHeartbeats(stack.table, [said.id], at(NOW));
    expect(read.get(said.id)?.tasks).toEqual(tasks);
  });

  it('costs one write unit, however long its names and numbers and however many tasks run', async () => {
    const worker = 'w'.repeat(31);
    const most = Number.MAX_SAFE_INTEGER;
    const said = heartbeat(worker, {
      host: 'h'.repeat(253),
      pid: 4_194_304,
      toolbox: '100.100.100-rc.100',
      node: '100.100.100',
      beat: most,
      revision: most,
      concurrency: 1_000,
      running: 1_000,
      tasks: runs(worker, 1_000),
      state: 'stopping',
      processed: most,
      failed: most,
      retried: most,
      rssBytes: 123_456_789_012,
      lagMs: 123_456.7,
      intervalSeconds: 60,
      leaseSeconds: 600,
    });
    const before = units;
    await putHeartbeat(stack.table, said);
    expect(units - before).toBe(1);
    const read = await readHeartbeats(stack.table, [said.id], at(NOW));
    expect(read.get(said.id)?.tasks.length).toBeGreaterThan(5);
  });
});
