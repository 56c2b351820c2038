import type { ArtifactRef } from '@taskfleet/toolbox/contract';
import { runAttempt } from '@taskfleet/toolbox/testing';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createThumbnails, updateGallery } from '../contract.ts';
import { thumbnailsWith } from '../implementation.ts';
import { GalleryWorld } from '../testing/galleryWorld.ts';
import { plainPhoto } from '../testing/photos.ts';

const SIZES = [
  { name: 'tile', pixels: 8, isSquare: false },
  { name: 'mark', pixels: 4, isSquare: true },
];
const TEXT = Buffer.from('no photo');

const photos: Uint8Array[] = [];
beforeAll(async () => {
  for (const colour of ['#111', '#777', '#eee']) {
    photos.push(await plainPhoto({ width: 12, height: 9 }, colour).png().toBuffer());
  }
});
const [red, green] = [() => photos[0] as Uint8Array, () => photos[1] as Uint8Array];

let world: GalleryWorld;
beforeEach(() => {
  world = new GalleryWorld(SIZES);
});

describe('a gallery', () => {
  test('has thumbnails of every photo, and running it again changes nothing', async () => {
    world.put('a.png', red());
    world.put('b.png', green());
    expect(await world.update()).toEqual({ photos: 2, scheduled: 2, refused: 0, removed: 0 });
    expect(world.thumbnails()).toHaveLength(4);
    const before = new Map(world.files);
    expect(await world.update()).toEqual({ photos: 2, scheduled: 0, refused: 0, removed: 0 });
    expect(world.files).toEqual(before);
  });

  test('loses the thumbnails of a photo that is gone, and no others', async () => {
    world.put('a.png', red());
    world.put('b.png', green());
    await world.update();
    await world.create({ gallery: 'summer', photo: 'artifact:uploads/galleries/winter/a.png' });
    world.files.set('artifact:uploads/other.png', red());
    const other = await world.create({ gallery: 'summer', photo: 'artifact:uploads/other.png' });
    world.files.delete('artifact:uploads/galleries/summer/a.png');
    expect(await world.update()).toEqual({ photos: 1, scheduled: 0, refused: 0, removed: 1 });
    const left = world.thumbnails();
    expect(left).toHaveLength(4);
    for (const { ref } of Object.values(other.output)) expect(left).toContain(ref);
  });

  test('has other thumbnails of a photo that was replaced under its name', async () => {
    world.put('a.png', red());
    await world.update();
    const before = world.thumbnails();
    world.put('a.png', green());
    expect(await world.update()).toEqual({ photos: 1, scheduled: 1, refused: 0, removed: 1 });
    expect(world.thumbnails().some((ref) => before.includes(ref))).toBe(false);
  });

  test('has the sizes that are configured now', async () => {
    world.put('a.png', red());
    await world.update();
    const other = new GalleryWorld([{ name: 'tile', pixels: 6, isSquare: false }]);
    for (const [ref, body] of world.files) other.files.set(ref, body);
    expect(await other.update()).toEqual({ photos: 1, scheduled: 1, refused: 0, removed: 1 });
    expect(other.thumbnails()).toHaveLength(1);
  });

  test('makes what a killed task has left unfinished', async () => {
    world.put('a.png', red());
    await world.update();
    const [half = 'artifact:none'] = world.thumbnails();
    world.files.delete(half);
    expect(await world.update()).toMatchObject({ scheduled: 1, removed: 0 });
    expect(world.thumbnails()).toContain(half);
  });

  test('tries no text again, says so, and takes the photo that comes in its place', async () => {
    world.put('a.png', TEXT);
    expect(await world.update()).toEqual({ photos: 1, scheduled: 1, refused: 0, removed: 0 });
    const { output, logged, scheduled } = await world.look();
    expect(output).toEqual({ photos: 1, scheduled: 0, refused: 1, removed: 0 });
    expect(scheduled).toEqual([]);
    const photo = 'artifact:uploads/galleries/summer/a.png';
    const [line] = logged;
    expect(line).toMatchObject({ level: 'warn', message: 'photo.refused', fields: { photo } });
    const why = line?.fields?.['why'] as ArtifactRef;
    expect(Buffer.from(world.files.get(why) ?? []).toString()).toContain('expected JPEG, PNG');
    world.put('a.png', red());
    expect(await world.update()).toEqual({ photos: 1, scheduled: 1, refused: 0, removed: 1 });
    expect(world.thumbnails()).toHaveLength(2);
  });

  test('is what is below its own name, in order, with whom it is for', async () => {
    world.put('b.png', red());
    world.put('a.png', red());
    world.files.set('artifact:uploads/galleries/summer-2/c.png', red());
    const { scheduled, logged } = await world.look();
    expect(scheduled.map(({ input, subject }) => ({ input, subject }))).toEqual(
      ['a.png', 'b.png'].map((name) => ({
        input: {
          gallery: 'summer',
          photo: `artifact:uploads/galleries/summer/${name}`,
          once: expect.stringMatching(/^galleries\/summer\/[ab]-[0-9a-f]{16}$/),
        },
        subject: 'gallery/summer',
      })),
    );
    expect(scheduled.map(({ group }) => group)).toEqual(['summer', 'summer']);
    const fields = { gallery: 'summer', photos: 2, scheduled: 2, durationMs: expect.any(Number) };
    expect(logged).toMatchObject([{ message: 'gallery.updated', fields }]);
  });

  test('schedules the same tasks in every attempt, and others in another task', async () => {
    const files = { 'artifact:uploads/galleries/summer/a.png': red() } as const;
    const run = async (id: `thumbnails_${string}`, attempt: number) => {
      const input = { gallery: 'summer' };
      const end = runAttempt(updateGallery, thumbnailsWith(SIZES), input, { files, id, attempt });
      return (await end).scheduled.map((message) => message.id);
    };
    const one = `thumbnails_${'0'.repeat(32)}` as const;
    const other = `thumbnails_${'1'.repeat(32)}` as const;
    expect(await run(one, 2)).toEqual(await run(one, 1));
    expect(await run(other, 1)).not.toEqual(await run(one, 1));
  });

  test('may have 10,000 photos', async () => {
    const names = Array.from({ length: 10_000 }, (_, n) => `${n}.png`);
    for (const name of names) world.put(name, red());
    const { output, scheduled } = await world.look();
    expect(output).toEqual({ photos: 10_000, scheduled: 10_000, refused: 0, removed: 0 });
    expect(new Set(scheduled.map(({ id }) => id)).size).toBe(10_000);
    for (const { input } of scheduled) {
      const { once } = input as { once: string };
      for (const { name } of SIZES) {
        world.files.set(`artifact:thumbnails/${once}/${name}.webp`, TEXT);
      }
    }
    for (const name of names.slice(5_000)) {
      world.files.delete(`artifact:uploads/galleries/summer/${name}`);
    }
    const again = { photos: 5_000, scheduled: 0, refused: 0, removed: 5_000 };
    expect((await world.look()).output).toEqual(again);
    expect(world.thumbnails()).toHaveLength(5_000 * SIZES.length);
  }, 60_000);

  test('has exactly the thumbnails of its photos, whatever was there before', async () => {
    const content = fc.constantFrom<'gone' | 'text' | number>('gone', 'text', 0, 1, 2);
    const state = fc.record({ a: content, b: content, 'ä ?.png': content, 'sub/a': content });
    const step = fc.record({ state, isCut: fc.boolean() });
    const steps = fc.array(step, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const one = new GalleryWorld(SIZES);
        for (const { state: wanted, isCut } of all) {
          for (const [name, what] of Object.entries(wanted)) {
            if (what === 'gone') one.files.delete(`artifact:uploads/galleries/summer/${name}`);
            else one.put(name, what === 'text' ? TEXT : (photos[what] as Uint8Array));
          }
          // A task that was killed has left a part of what it makes.
          await one.update();
          const [first] = one.thumbnails();
          if (isCut && first) one.files.delete(first);
        }
        await one.update();
        const last = Object.values(all.at(-1)?.state ?? {});
        const made = last.filter((what) => typeof what === 'number').length;
        const refused = last.filter((what) => what === 'text').length;
        expect(one.thumbnails()).toHaveLength(made * SIZES.length + refused);
        const before = new Map(one.files);
        const again = { photos: made + refused, scheduled: 0, refused, removed: 0 };
        expect(await one.update()).toEqual(again);
        expect(one.files).toEqual(before);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('a photo of a gallery', () => {
  const photo: ArtifactRef = 'artifact:uploads/galleries/summer/a.png';

  test('that was replaced while it was read is tried again', async () => {
    let looks = 0;
    const find = async () => ({
      ref: photo,
      sizeBytes: 1,
      modifiedAt: 0,
      version: `${(looks += 1)}`,
    });
    const input = { gallery: 'summer', photo } as const;
    const options = { files: { [photo]: red() }, artifacts: { find } };
    const end = await runAttempt(createThumbnails, thumbnailsWith(SIZES), input, options);
    expect(end.outcome).toMatchObject({ kind: 'retrying', delayMs: 1_000 });
    expect(end.stored.size).toBe(0);
  });

  test('that is gone by its turn has no thumbnails', async () => {
    const end = await world.create({ gallery: 'summer', photo });
    expect(end.outcome).toMatchObject({ kind: 'failed', error: { name: 'ArtifactNotFoundError' } });
    expect(world.files.size).toBe(0);
  });
});

test.each([
  ['gallery', { gallery: '' }],
  ['gallery', { gallery: '../winter' }],
  ['gallery', { gallery: 'a/b' }],
  ['gallery', { gallery: 'x'.repeat(65) }],
  ['gallery', { gallery: 7 }],
  ['gallery', {}],
  ['(root)', { gallery: 'summer', photo: 'artifact:uploads/a.jpg' }],
  ['(root)', 'summer'],
])('is refused by the name of what does not fit: %s of %j', async (field, input) => {
  const { outcome } = await runAttempt(updateGallery, thumbnailsWith(SIZES), input as never);
  const error = { name: 'ValidationError', message: expect.stringContaining(field) };
  expect(outcome).toMatchObject({ kind: 'failed', error });
});
