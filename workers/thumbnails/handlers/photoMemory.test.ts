import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sharp } from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainPhoto } from '../testing/photos.ts';

const PROGRAM = join(import.meta.dirname, '..', 'testing', 'peakMemory.ts');

/** 101 megapixels. */
const SIZE = { width: 11_600, height: 8_700 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskfleet-'));
});
afterAll(async () => rm(folder, { recursive: true }));

const interlaced = { compressionLevel: 1, progressive: true } as const;

// What an encoder makes small is as large in memory as any other photo of its dimensions.
test.each<[string, (photo: Sharp) => Sharp, number]>([
  ['JPEG', (photo) => photo.jpeg(), 150],
  ['progressive JPEG', (photo) => photo.jpeg({ progressive: true }), 500],
  ['interlaced PNG of 16 bits', (photo) => photo.toColourspace('rgb16').png(interlaced), 1_200],
])(
  'a photo of 100 megapixels needs no more than a worker has for it: %s',
  async (name, encode, most) => {
    const file = join(folder, name);
    await encode(plainPhoto(SIZE, '#468')).toFile(file);
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, file]);
    const { before, peak } = JSON.parse(stdout) as { before: number; peak: number };
    expect(peak - before).toBeLessThanOrEqual(most);
  },
  120_000,
);
