import { artifactsOf, putArtifact } from '@taskfleet/toolbox/artifacts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { carry } from '../fixtures/forge/contract.ts';
import { ForgeBench } from '../fixtures/forge/forgeBench.ts';
import { resourcesOf } from '../fixtures/startParts.ts';

const LONG = { timeout: '40s' } as const;

let bench: ForgeBench;
/** Names of the requests to the bucket so far. */
const sent: string[] = [];
beforeAll(async () => {
  bench = await ForgeBench.open();
  bench.clients.s3.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        sent.push(commandName);
        return next(args);
      },
    { step: 'initialize' },
  );
  const bucket = bucketOf(bench);
  const body = Buffer.alloc(20_000_000);
  await putArtifact(bucket, { key: 'uploads/read.bin', body, contentType: 'text/plain' });
  bench.start();
});
afterAll(async () => bench.close());

const bucketOf = ({ clients: { s3 }, stack }: ForgeBench) => ({
  s3,
  bucketName: resourcesOf(stack).bucketName,
});

async function stored(): Promise<string[]> {
  const names: string[] = [];
  const files = artifactsOf(bucketOf(bench), { worker: 'forge' });
  for await (const { ref } of files.list('artifact:forge/')) names.push(ref);
  return names;
}

const count = (name: string) => sent.filter((one) => one === `${name}Command`).length;

it('does all with files, bit by bit, that it does without a thread', async () => {
  const handle = await bench.scheduler.schedule(carry, { how: 'well' });
  expect(await handle.result(LONG)).toEqual({
    same: 20 * 1_048_576,
    sizeBytes: 20 * 1_048_576,
    names: ['artifact:forge/big.bin'],
    link: expect.stringMatching(/X-Amz-Expires=60&/),
    none: 'undefined',
    after: 'undefined',
  });
});

it('stores nothing of a file whose source throws, and fails with what it threw', async () => {
  const aborts = count('AbortMultipartUpload');
  const { id } = await bench.scheduler.schedule(carry, { how: 'throw' });
  expect(await bench.untilState(id, 'failed')).toMatchObject({
    error: { name: 'RangeError', message: 'the source is broken' },
  });
  expect(await stored()).toEqual([]);
  expect(count('AbortMultipartUpload')).toBe(aborts + 1);
});

it('stores nothing of a file that was under way when its task was cancelled', async () => {
  const aborts = count('AbortMultipartUpload');
  const { id } = await bench.scheduler.schedule(carry, { how: 'wait' });
  await bench.untilProgress(id);
  await bench.cancel(id, 'alice');
  await bench.untilState(id, 'cancelled');
  await expect.poll(() => count('AbortMultipartUpload')).toBe(aborts + 1);
  expect(await stored()).toEqual([]);
});

it('leaves nothing open at its end', async () => {
  const aborts = count('AbortMultipartUpload');
  const handle = await bench.scheduler.schedule(carry, { how: 'leave' });
  await handle.result(LONG);
  await expect.poll(() => count('AbortMultipartUpload')).toBe(aborts + 1);
  expect(await stored()).toEqual([]);
});

it("hears that a file is not the worker's own to remove", async () => {
  const { id } = await bench.scheduler.schedule(carry, { how: 'another' });
  expect(await bench.untilState(id, 'failed')).toMatchObject({
    error: { name: 'FormatError', message: expect.stringContaining('below artifact:forge/') },
  });
});
