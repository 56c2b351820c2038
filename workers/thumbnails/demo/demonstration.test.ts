import type { DemonstrationFile } from '@taskfleet/toolbox/contract';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { dimensions, makeThumbnails } from '../testing/makeThumbnails.ts';
import { demonstration } from './demonstration.ts';

/** Two seconds of work on idle cores. */
const SLOW_MS = 60_000;

const files: DemonstrationFile[] = [];

beforeAll(async () => {
  for await (const file of demonstration.files()) files.push(file);
}, SLOW_MS);

test('shows photos of several megapixels that are what they say', async () => {
  for (const { body, contentType } of files) {
    const { width, height, mediaType } = await sharp(body).metadata();
    expect(mediaType).toBe(contentType);
    expect(width * height).toBeGreaterThan(4_000_000);
  }
});

test('makes thumbnails of every photo, upright', { timeout: SLOW_MS }, async () => {
  const large: Record<string, string | undefined> = {};
  for (const { name, body } of files) {
    large[name] = dimensions(await makeThumbnails(body))['large'];
  }
  expect(large).toEqual({
    'balloons.jpg': '2048x1536',
    'lighthouse.jpg': '1536x2048',
    'mountains.webp': '2048x614',
    'birds.png': '2048x1365',
    'city.avif': '2048x1536',
  });
});

test('schedules input that fits the task', () => {
  const input = demonstration.input('artifact:uploads/balloons.jpg', 'balloons.jpg');
  expect(demonstration.task.input.parse(input)).toEqual(input);
});
