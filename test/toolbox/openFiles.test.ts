import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BucketAccess, bucketAccess } from '../fixtures/bucketAccess.ts';
import { addNote } from './notesFleet.ts';
import { WorkerBench } from './workerBench.ts';

let bench: WorkerBench;
let bucket: BucketAccess;
beforeAll(async () => {
  bench = await WorkerBench.open();
  bucket = bucketAccess(bench.stack.bucket);
});
afterAll(async () => bench.close());

it('ends what a handler has left open when its attempt has ended', async () => {
  const left: Promise<unknown>[] = [];
  bench.start(async (_input, { artifacts }) => {
    const ref = await artifacts.write('big.bin', Buffer.alloc(5_000_000), 'text/plain');
    // Two attempts have 80 of them, and the client 50 connections.
    for (let n = 0; n < 40; n += 1) await artifacts.stream(ref);
    async function* endless() {
      yield Buffer.alloc(1);
      await new Promise(() => undefined);
    }
    const written = artifacts.write('left.bin', endless(), 'text/plain');
    left.push(written.catch((error: unknown) => error));
    return { length: 0 };
  });
  for (const text of ['one', 'other']) {
    const { id } = await bench.stack.scheduler.schedule(addNote, { text });
    await bench.untilState(id, 'succeeded');
  }
  const ended = expect.objectContaining({ name: 'AttemptEndedError' });
  expect(await Promise.all(left)).toEqual([ended, ended]);
  expect(await bucket.keys('notes/')).toEqual(['notes/big.bin']);
});
