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
