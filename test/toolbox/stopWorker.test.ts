import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addNote } from './notesFleet.ts';
import { WorkerBench } from './workerBench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await WorkerBench.open();
});
afterEach(async () => bench.stop());
afterAll(async () => bench.close());

describe('a stopping worker', () => {
  it('lets a running task finish within its grace', async () => {
    const running = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<{ length: number }>();
    bench.start(async () => {
      running.resolve();
      return finish.promise;
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await running.promise;
    const stopped = bench.stop();
    finish.resolve({ length: 1 });
    await stopped;
    expect((await bench.stack.recordOf(id))?.state).toBe('succeeded');
    expect(await bench.stack.messagesIn('notes')).toEqual([]);
  });

  it('releases what outlasts its grace: uncounted, and visible at once', async () => {
    const running = Promise.withResolvers<void>();
    bench.start(
      async (_input, { signal }) => {
        running.resolve();
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
      },
      { graceSeconds: 0 },
    );
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await running.promise;
    await bench.stop();
    expect(await bench.stack.recordOf(id)).toMatchObject({ state: 'queued', attempt: 0 });
    expect(await bench.stack.messagesIn('notes')).toMatchObject([{ id }]);
    expect(bench.events('task.released')).toHaveLength(1);
  });
});
