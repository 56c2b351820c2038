import { once } from 'node:events';
import { fleetForTests, type TestFleet } from '@taskfleet/testing';
import { artifactsOf } from '@taskfleet/toolbox/artifacts';
import { createClients } from '@taskfleet/toolbox/aws';
import { fleetConfig } from '@taskfleet/toolbox/config';
import type { ArtifactRef, Handler, WorkerImplementation } from '@taskfleet/toolbox/contract';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createThumbnails, updateGallery } from './contract.ts';
import { thumbnailsWith } from './implementation.ts';
import { grainyPhoto } from './testing/photos.ts';
import { usualSizes } from './testing/usualSizes.ts';

const SUMMER = { gallery: 'summer' } as const;
const LONG = { timeout: '60s' } as const;
const PHOTOS = ['a.jpg', 'b.png', 'c.webp', 'd.jpg'] as const;

let started: AsyncDisposableStack;
let fleet: TestFleet;
/** Whether a photo's attempt does not go on before its signal aborts. */
let isHeld: boolean;
beforeEach(async () => {
  isHeld = false;
  started = new AsyncDisposableStack();
  fleet = started.use(await fleetForTests({ workers: [holding(thumbnailsWith(usualSizes))] }));
});
afterEach(async () => started.disposeAsync());

function holding({ worker, handlers }: WorkerImplementation): WorkerImplementation {
  const create = handlers.get(createThumbnails.name);
  const held: Handler = async (input, context) => {
    if (isHeld) await once(context.signal, 'abort');
    return create?.(input, context);
  };
  return { worker, handlers: new Map([...handlers, [createThumbnails.name, held]]) };
}

async function store(name: string, width = 900): Promise<void> {
  const photo = grainyPhoto({ width, height: 600 });
  const format = name.endsWith('.png') ? photo.png() : photo.jpeg();
  const body = await (name.endsWith('.webp') ? photo.webp() : format).toBuffer();
  const key = `uploads/galleries/summer/${name}`;
  await fleet.access.put({ key, body, contentType: 'application/octet-stream' });
}

/** What there is of the gallery's thumbnails. */
async function thumbnails(): Promise<ArtifactRef[]> {
  const { bucketName, ...config } = fleetConfig(fleet.environment);
  const { s3 } = createClients(config);
  const files = artifactsOf({ s3, bucketName }, { worker: 'thumbnails' });
  const refs: ArtifactRef[] = [];
  for await (const { ref } of files.list('artifact:thumbnails/galleries/summer/')) refs.push(ref);
  s3.destroy();
  return refs;
}

/** Photos in the order in which thumbnails were made of them, once for each time. */
function made(): unknown[] {
  const lines = fleet.log.lines.filter(({ msg }) => msg === 'thumbnails.created');
  return lines.map(({ photo }) => String(photo).split('/').at(-1));
}

/** Asks once more: it has its turn when everything before is done. */
const update = async () => (await fleet.schedule(updateGallery, SUMMER)).result(LONG);

test('makes each photo once and in order, also when two ask at the same time', async () => {
  for (const name of PHOTOS) await store(name);
  const text = { key: 'uploads/galleries/summer/e.txt', contentType: 'text/plain' };
  await fleet.access.put({ ...text, body: Buffer.from('no photo') });
  const options = { creator: 'ann' };
  const [one, other] = await Promise.all([
    fleet.schedule(updateGallery, SUMMER, options),
    fleet.schedule(updateGallery, SUMMER, options),
  ]);
  const outputs = [await one.result(LONG), await other.result(LONG), await update()];
  expect(outputs).toEqual([
    { photos: 5, scheduled: 5, refused: 0, removed: 0 },
    { photos: 5, scheduled: 0, refused: 0, removed: 0 },
    { photos: 5, scheduled: 0, refused: 1, removed: 0 },
  ]);
  expect(made()).toEqual(PHOTOS);
  expect(fleet.log.lines).toContainEqual(
    expect.objectContaining({
      msg: 'thumbnails.created',
      creator: 'ann',
      original: 'JPEG 900x600',
      durationMs: expect.any(Number),
    }),
  );
  const files = await thumbnails();
  expect(files).toHaveLength(PHOTOS.length * usualSizes.length + 1);
  const small = files.find((ref) => ref.includes('/a-') && ref.endsWith('/small.webp'));
  const picture = sharp(await fleet.access.get(small ?? 'artifact:none'));
  expect(await picture.metadata()).toMatchObject({ format: 'webp', width: 320 });

  await store('a.jpg', 800);
  expect(await update()).toEqual({ photos: 5, scheduled: 1, refused: 1, removed: 1 });
  expect(await update()).toEqual({ photos: 5, scheduled: 0, refused: 1, removed: 0 });
  expect(made()).toEqual([...PHOTOS, 'a.jpg']);
}, 90_000);

test('is made whole by another process when the first is killed in the middle', async () => {
  for (const name of PHOTOS) await store(name);
  const handle = await fleet.schedule(updateGallery, SUMMER);
  await fleet.spy.succeeded(createThumbnails, ({ root }) => root === handle.id, LONG);
  const startAnother = await fleet.faults.workerKilled('thumbnails');
  await startAnother();
  expect(await update()).toEqual({ photos: 4, scheduled: 0, refused: 0, removed: 0 });
  expect(await thumbnails()).toHaveLength(PHOTOS.length * usualSizes.length);
}, 90_000);

test('asks for nothing twice when its own process was killed', async () => {
  for (const name of PHOTOS) await store(name);
  const handle = await fleet.schedule(updateGallery, SUMMER);
  await fleet.spy.running(handle);
  const startAnother = await fleet.faults.workerKilled('thumbnails');
  await startAnother();
  expect(await handle.result(LONG)).toMatchObject({ photos: 4 });
  expect(await update()).toEqual({ photos: 4, scheduled: 0, refused: 0, removed: 0 });
  const seen = await fleet.spy.seen();
  const done = seen.filter((line) => /^thumbnails\.create .* succeeded/.test(line));
  expect(done).toHaveLength(PHOTOS.length);
}, 90_000);

test('leaves out what was cancelled in the middle, and makes it when asked again', async () => {
  for (const name of PHOTOS) await store(name);
  isHeld = true;
  const handle = await fleet.schedule(updateGallery, SUMMER);
  expect(await handle.result(LONG)).toMatchObject({ scheduled: 4 });
  const { id } = await fleet.spy.running(createThumbnails, undefined, LONG);
  await fleet.cancel(id, 'ann');
  expect(await fleet.spy.cancelled({ id }, undefined, LONG)).toMatchObject({ attempt: 1 });
  isHeld = false;
  expect(await update()).toEqual({ photos: 4, scheduled: 1, refused: 0, removed: 0 });
  expect(await update()).toEqual({ photos: 4, scheduled: 0, refused: 0, removed: 0 });
  expect(made()).toEqual(['b.png', 'c.webp', 'd.jpg', 'a.jpg']);
}, 90_000);
