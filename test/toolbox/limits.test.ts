import { startStack } from '@taskfleet/infra/local';
import { systemClock } from '@taskfleet/toolbox/clock';
import { implement, newTaskId, type TaskContext } from '@taskfleet/toolbox/contract';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import {
  claimTask,
  readTasks,
  readUnique,
  recordTurn,
  takeTurn,
  takeUnique,
} from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientsOf, resourcesOf, schedulerOn, workerOn } from '../fixtures/startParts.ts';
import {
  billTenant,
  exportTenant,
  indexTenant,
  limitsFleet,
  tenantsWorker,
} from './limitsFleet.ts';

interface Input {
  readonly tenant: string;
  readonly n: number;
}

const PATIENCE = { timeout: 20_000 } as const;

let started: AsyncDisposableStack;
let fleet: Awaited<ReturnType<typeof startFleet>>;
/** What every handler does. */
let behave: (input: Input, context: TaskContext) => Promise<void> | void;
beforeAll(async () => {
  started = new AsyncDisposableStack();
  fleet = await startFleet();
});
afterAll(async () => started.disposeAsync());
beforeEach(() => {
  behave = () => undefined;
});

async function startFleet() {
  const stack = started.adopt(await startStack({ fleet: limitsFleet }), async (s) => s.stop());
  const clients = clientsOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName };
  const scheduler = started.adopt(schedulerOn(stack, clients), (some) => some.close());
  const implementation = implement(tenantsWorker, {
    'tenants.export': async (input, context) => {
      await behave(input, context);
      return null;
    },
    'tenants.index': async (input, context) => {
      await behave(input, context);
      return input.n;
    },
    'tenants.bill': async (input, context) => {
      await behave(input, context);
      return null;
    },
  });
  started.adopt(workerOn({ stack, clients, implementation }), async (some) => some.stop());
  const recordOf = async (id: `${string}_${string}`) => (await readTasks(table, [id]))[0];
  return { clients, table, scheduler, recordOf };
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('a concurrency limit', () => {
  it('lets so many tasks of a key run at a time, and no more', async () => {
    let running = 0;
    let most = 0;
    const gate = Promise.withResolvers<void>();
    behave = async () => {
      running += 1;
      most = Math.max(most, running);
      await gate.promise;
      running -= 1;
    };
    const inputs = numbers(8).map((n) => ({ tenant: 'one', n }));
    const handles = await fleet.scheduler.scheduleMany(exportTenant, inputs);
    await expect.poll(() => running, PATIENCE).toBe(2);
    gate.resolve();
    await Promise.all(handles.map(async (handle) => handle.result({ timeout: '20s' })));
    expect(most).toBe(2);
  });

  it('keeps a tenant with a hundred times the load from starving another', async () => {
    const others = Promise.withResolvers<void>();
    let left = 4;
    behave = async ({ tenant }) => {
      // The large tenant's tasks hold their places until the small one's are done.
      if (tenant === 'large') return others.promise;
      left -= 1;
      if (left === 0) others.resolve();
    };
    const ofTenant = (tenant: string, count: number) => numbers(count).map((n) => ({ tenant, n }));
    const large = await fleet.scheduler.scheduleMany(exportTenant, ofTenant('large', 100));
    const small = await fleet.scheduler.scheduleMany(exportTenant, ofTenant('small', 4));
    await Promise.all(small.map(async (handle) => handle.result({ timeout: '20s' })));
    expect(left).toBe(0);
    await Promise.all(large.map(async (handle) => handle.result({ timeout: '60s' })));
  }, 90_000);
});

describe('a rate limit', () => {
  it('gives each attempt a turn of its own, evenly spread, whoever asks at the same time', async () => {
    const limited = 'tenants.parallel';
    const take = async (now: number) => takeTurn(fleet.table, { limited, everyMs: 250, now });
    const turns = await Promise.all(numbers(20).map(async () => take(1_000)));
    expect(turns.toSorted((a, b) => a - b)).toEqual(numbers(20).map((n) => 1_000 + n * 250));
    expect(await take(5_999)).toBe(6_000);
    // Nothing is saved up while nobody asks.
    expect([await take(60_000), await take(60_000)]).toEqual([60_000, 60_250]);
  });

  it('runs one task, and keeps the other for its turn', async () => {
    const ran: number[] = [];
    behave = ({ n }) => void ran.push(n);
    const before = Date.now();
    const inputs = numbers(2).map((n) => ({ tenant: 'one', n }));
    const handles = await fleet.scheduler.scheduleMany(billTenant, inputs);
    const records = async () => Promise.all(handles.map(async ({ id }) => fleet.recordOf(id)));
    const states = async () => (await records()).map((record) => record?.state).toSorted();
    await expect.poll(states, PATIENCE).toEqual(['queued', 'succeeded']);
    const waiting = (await records()).find((record) => record?.state === 'queued');
    expect(waiting).toMatchObject({ attempt: 0 });
    expect(waiting?.turnAt).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(ran).toHaveLength(1);
  });

  it('is used up by the claim, and given to nobody that has ended', async () => {
    const id = newTaskId('tenants', systemClock);
    expect(await recordTurn(fleet.table, id, 5_000)).toBe(true);
    expect(await fleet.recordOf(id)).toMatchObject({ state: 'queued', attempt: 0, turnAt: 5_000 });
    const claim = { id, nonce: 'n', holder: 'h', maxAttempts: 3, now: 1 };
    expect((await claimTask(fleet.table, claim)).kind).toBe('claimed');
    expect(await fleet.recordOf(id)).not.toHaveProperty('turnAt');
  });
});

describe('a unique task', () => {
  it('stands for every call with its key until it has ended', async () => {
    const gate = Promise.withResolvers<void>();
    behave = async () => gate.promise;
    const { schedule } = fleet.scheduler;
    const calls = numbers(5).map(async (n) => schedule(indexTenant, { tenant: 'one', n }));
    const handles = await Promise.all(calls);
    expect(new Set(handles.map(({ id }) => id)).size).toBe(1);
    expect(handles.filter(({ isDuplicate }) => !isDuplicate)).toHaveLength(1);
    const other = await schedule(indexTenant, { tenant: 'two', n: 0 });
    expect(other.isDuplicate).toBe(false);
    gate.resolve();
    await Promise.all([...handles, other].map(async (handle) => handle.result({ timeout: '20s' })));
    const next = await schedule(indexTenant, { tenant: 'one', n: 7 });
    expect(next.isDuplicate).toBe(false);
    expect(await next.result({ timeout: '20s' })).toBe(7);
  });

  it('is scheduled under the id that holds the key, when nobody has ever seen that task', async () => {
    const id = newTaskId('tenants', systemClock);
    const claim = { task: 'tenants.index', key: 'died', id, keptMs: 3_600_000 };
    await takeUnique(fleet.table, { ...claim, now: Date.now() });
    const { schedule } = fleet.scheduler;
    const early = await schedule(indexTenant, { tenant: 'died', n: 1 });
    expect(early).toMatchObject({ id, isDuplicate: true });
    await takeUnique(fleet.table, { ...claim, now: Date.now() - 61_000 }, { id, at: 0 });
    const handle = await schedule(indexTenant, { tenant: 'died', n: 2 });
    expect(handle).toMatchObject({ id, isDuplicate: false });
    expect(await handle.result({ timeout: '20s' })).toBe(2);
  });

  it('waits for its time as every other', async () => {
    const { schedule } = fleet.scheduler;
    const input = { tenant: 'later', n: 1 };
    const first = await schedule(indexTenant, input, { delay: '1d' });
    expect(await schedule(indexTenant, input)).toMatchObject({ id: first.id, isDuplicate: true });
  });

  it('gives the key back when it was not published', async () => {
    const { clients, table } = fleet;
    const topicArn = 'arn:aws:sns:us-east-1:000000000000:none.fifo';
    const scheduler = createScheduler({ sns: clients.sns, topicArn, table, clock: systemClock });
    const call = scheduler.schedule(indexTenant, { tenant: 'refused', n: 1 });
    await expect(call).rejects.toMatchObject({ code: 'publish_failed' });
    scheduler.close();
    const key = { task: 'tenants.index', key: 'refused' };
    expect(await readUnique(table, key)).toBeUndefined();
  });
});
