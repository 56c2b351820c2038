import { createReader } from '@taskfleet/platform/reader';
import {
  createWorkers,
  markLost,
  type Order,
  type WorkerProcess,
} from '@taskfleet/platform/signals';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskId } from '@taskfleet/toolbox/contract';
import type { RunningWorker } from '@taskfleet/toolbox/runtime';
import { changeControl } from '@taskfleet/toolbox/table';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sampleFleet, say } from './sampleFleet.ts';
import { type PlatformUnderTest, startPlatformUnderTest } from './startPlatformUnderTest.ts';

const PATIENCE = { timeout: 20_000, interval: 20 } as const;

let platform: PlatformUnderTest;
let receives = 0;
let receiving = 0;
beforeAll(async () => {
  platform = await startPlatformUnderTest();
  platform.clients.sqs.middlewareStack.add((next, { commandName }) => async (args) => {
    const by = commandName === 'ReceiveMessageCommand' ? 1 : 0;
    receives += by;
    receiving += by;
    return next(args).finally(() => (receiving -= by));
  });
});
afterAll(async () => platform.stop());

const started: RunningWorker[] = [];
let finish = Promise.withResolvers<void>();
afterEach(async () => {
  finish.resolve();
  await Promise.all(started.splice(0).map(async (worker) => worker.stop()));
  finish = Promise.withResolvers();
  await changeControl(platform.table, 'echo', () => ({ wanted: {}, processes: {}, limits: {} }));
});

/** A worker whose tasks run until they are let go, or are aborted. */
function start(): RunningWorker {
  const worker = platform.startEcho({
    'echo.say': async ({ text }, { signal }) => {
      if (text === 'wait') await Promise.race([finish.promise, rejectedBy(signal)]);
      return { said: text };
    },
    'echo.ask': () => ({ asked: 0 }),
  });
  started.push(worker);
  return worker;
}

/** Never resolves. Only for somebody who waits: a message that is still settled when the grace ends aborts the signal of a handler that has returned. */
async function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

const workers = () => createWorkers({ table: platform.table, clock: systemClock });

async function tell(order: Order, process?: string): Promise<void> {
  const request = { worker: 'echo', process, order, by: 'alice' };
  await workers().awaitHeard(await workers().tell(sampleFleet, request), 20_000);
}

async function only(): Promise<WorkerProcess> {
  await expect.poll(async () => (await workers().list('echo')).length, PATIENCE).toBe(1);
  const [process] = await workers().list('echo');
  return process!;
}

/** Until the process has said so many times more how it is. */
async function beats(count: number): Promise<WorkerProcess> {
  const { beat = 0 } = await only();
  await expect.poll(async () => (await only()).beat, PATIENCE).toBeGreaterThanOrEqual(beat + count);
  return only();
}

const schedule = async (text: string) => platform.scheduler.schedule(say, { text });

describe('a worker that is paused', () => {
  it('receives no message until it is resumed, and then runs what waited', async () => {
    start();
    await only();
    await tell({ kind: 'pause' });
    expect((await only()).state).toBe('paused');
    await expect.poll(() => receiving, PATIENCE).toBe(0);
    const before = receives;
    const waiting = await schedule('hello');
    await beats(10);
    expect(receives).toBe(before);
    await tell({ kind: 'resume' });
    expect(await waiting.result({ timeout: '20s' })).toEqual({ said: 'hello' });
    expect((await only()).state).toBe('running');
  });

  it('goes on with what runs', async () => {
    start();
    const running = await schedule('wait');
    await expect.poll(async () => (await only()).running, PATIENCE).toBe(1);
    await tell({ kind: 'pause' });
    finish.resolve();
    expect(await running.result({ timeout: '20s' })).toEqual({ said: 'wait' });
  });

  it('is still paused after a restart: it does not receive even once', async () => {
    const first = start();
    await only();
    await tell({ kind: 'pause' });
    await first.stop();
    const before = receives;
    start();
    expect((await beats(10)).state).toBe('paused');
    expect(receives).toBe(before);
  });
});

describe("a worker's concurrency", () => {
  it('changes while it runs, also for one process alone', async () => {
    start();
    const { id } = await only();
    await tell({ kind: 'concurrency', concurrency: 1 });
    await Promise.all(Array.from({ length: 4 }, async () => schedule('wait')));
    await expect.poll(async () => (await only()).running, PATIENCE).toBe(1);
    expect(await beats(5)).toMatchObject({ concurrency: 1, running: 1 });
    await tell({ kind: 'concurrency', concurrency: 3 }, id);
    await expect.poll(async () => (await only()).running, PATIENCE).toBe(3);
    await tell({ kind: 'concurrency' });
    await expect.poll(async () => (await only()).running, PATIENCE).toBe(4);
    expect(await only()).toMatchObject({ concurrency: 10 });
  });
});

describe('a worker that is to stop', () => {
  it('is dismissed; a process that starts afterwards is not', async () => {
    const first = start();
    await only();
    const request = { worker: 'echo', order: { kind: 'shutdown' }, by: 'alice' } as const;
    const told = await workers().tell(sampleFleet, request);
    await first.dismissed;
    await first.stop();
    await workers().awaitHeard(told, 20_000);
    expect(await workers().list('echo')).toEqual([]);
    let isDismissed = false;
    void start().dismissed.then(() => (isDismissed = true));
    await beats(5);
    expect(isDismissed).toBe(false);
  });
});

describe('time limits that somebody wants', () => {
  it('hold for attempts that begin afterwards', async () => {
    start();
    await only();
    await tell({ kind: 'limits', task: 'echo.say', timeLimitMs: 1_000 });
    const late = await schedule('wait');
    await expect(late.result({ timeout: '20s' })).rejects.toThrow('limit of 1000 ms');
  });
});

describe('a rate limit that somebody wants', () => {
  it('holds for attempts that begin afterwards', async () => {
    start();
    await only();
    await tell({ kind: 'rate', task: 'echo.say', rateLimitMs: 3_600_000 });
    const ids = [(await schedule('a')).id, (await schedule('b')).id];
    const reader = createReader(platform.table);
    const states = async () => {
      const records = ids.map(async (id) => reader.get(id).catch(() => undefined));
      return (await Promise.all(records)).map((record) => [record?.state, !!record?.turnAt]);
    };
    await expect.poll(states, PATIENCE).toEqual(
      expect.arrayContaining([
        ['succeeded', false],
        ['queued', true],
      ]),
    );
  });
});

describe('a task whose process falls silent', () => {
  const readerAt = (laterMs: number) =>
    createReader(platform.table, { ...systemClock, now: () => Date.now() + laterMs });

  async function running(): Promise<TaskId> {
    const { id } = await schedule('wait');
    await expect
      .poll(async () => (await only()).tasks.map((task) => task.id), PATIENCE)
      .toEqual([id]);
    return id;
  }

  it('is not lost while its process is heard', async () => {
    start();
    const id = await running();
    expect(await readerAt(0).get(id)).not.toHaveProperty('lost');
    expect(await readerAt(0).get(id)).toMatchObject({ holder: (await only()).id });
  });

  it('is not lost when the process has stopped in order since its record was read', async () => {
    const worker = start();
    const id = await running();
    const stale = await readerAt(0).get(id);
    finish.resolve();
    await worker.stop();
    expect(await workers().list('echo')).toEqual([]);
    const [seen] = await markLost({ table: platform.table, clock: systemClock }, [stale]);
    expect(stale.state).toBe('running');
    expect(seen).toMatchObject({ id, state: 'succeeded' });
    expect(seen).not.toHaveProperty('lost');
  });

  it('is lost to whoever looks three heartbeats and five seconds later', async () => {
    start();
    const id = await running();
    expect(await readerAt(60_000).get(id)).toMatchObject({ state: 'running', lost: true });
  });
});
