import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threads } from '@taskfleet/toolbox/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compute, obedient, which } from '../fixtures/forge/contract.ts';
import { ForgeBench } from '../fixtures/forge/forgeBench.ts';

let bench: ForgeBench;
beforeAll(async () => {
  bench = await ForgeBench.open();
});
afterEach(async () => bench.stop());
afterAll(async () => bench.close());

async function threadOfNext(): Promise<number> {
  const handle = await bench.scheduler.schedule(which, {});
  return handle.result({ timeout: '20s' });
}

describe('a thread', () => {
  it('makes room for another one after so many tasks', async () => {
    bench.start({ pool: threads({ recycleAfter: { tasks: 2 } }), concurrency: 1 });
    const numbers: number[] = [];
    for (let i = 0; i < 4; i += 1) numbers.push(await threadOfNext());
    const [first, second, third, fourth] = numbers;
    expect(numbers).toEqual([first, first, third, third]);
    expect([second, fourth]).toEqual([first, third]);
    expect(third).not.toBe(first);
    expect(bench.memory.of('thread.recycled')).toMatchObject([{ tasks: 2 }, { tasks: 2 }]);
  });

  it('makes room for another one when it still holds too much', async () => {
    bench.start({ pool: threads({ recycleAfter: { memory: '1MB' } }), concurrency: 1 });
    expect(await threadOfNext()).not.toBe(await threadOfNext());
  });
});

describe('the threads of a worker', () => {
  it('become more while it runs, when it is told so', async () => {
    const worker = bench.start({ concurrency: 1 });
    const folder = mkdtempSync(join(tmpdir(), 'taskfleet-forge-'));
    const until = join(folder, 'enough');
    const first = await bench.scheduler.schedule(compute, { until });
    const second = await bench.scheduler.schedule(compute, { until });
    worker.setConcurrency(2);
    // Neither ends before both have begun.
    await bench.untilState(first.id, 'running');
    await bench.untilState(second.id, 'running');
    writeFileSync(until, '');
    expect(await bench.untilState(first.id, 'succeeded')).toMatchObject({ attempt: 1 });
    expect(await bench.untilState(second.id, 'succeeded')).toMatchObject({ attempt: 1 });
    rmSync(folder, { recursive: true });
  });

  it('that cannot start end the process, and no message is received for them', async () => {
    const { id } = await bench.scheduler.schedule(which, {});
    const worker = bench.start({ main: new URL('data:text/javascript,') });
    await worker.expired;
    expect(bench.memory.of('pool.broken')).toMatchObject([
      { error: expect.stringContaining('to call runWorker, it ended with the exit code 0') },
    ]);
    expect(await bench.recordOf(id)).toBeUndefined();
    await bench.stop();
    bench.start();
    await bench.untilState(id, 'succeeded');
  });
});

describe('a stopping worker with threads', () => {
  it('releases what outlasts its grace, and tells it why', async () => {
    bench.start({ graceSeconds: 0 });
    const { id } = await bench.scheduler.schedule(obedient, {});
    await bench.untilProgress(id);
    await bench.stop();
    expect(await bench.recordOf(id)).toMatchObject({ state: 'queued', attempt: 0 });
    expect(bench.memory.lines).toContainEqual(
      expect.objectContaining({ id, reason: 'WorkerStoppingError' }),
    );
    bench.start();
    await bench.untilProgress(id);
    await bench.cancel(id, 'the test');
    await bench.untilState(id, 'cancelled');
  });

  it('ends what does not hear it, and releases it all the same', async () => {
    bench.start({ graceSeconds: 0 });
    const { id } = await bench.scheduler.schedule(compute, { until: '/nowhere/at/all' });
    await bench.untilState(id, 'running');
    await bench.stop();
    expect(await bench.recordOf(id)).toMatchObject({ state: 'queued', attempt: 0 });
    expect(bench.memory.of('handler.killed')).toMatchObject([{ id }]);
  });
});
