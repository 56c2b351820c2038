import { NonRetryableError } from '@taskfleet/toolbox/contract';
import { expect, test } from 'vitest';
import type { Scratch } from '../spool/scratch.ts';
import { shapeOf } from './shape.ts';
import { ShapefileSet } from './shapefileSet.ts';

/** A set that has so many records, of which it was only given one. */
async function setOf(count: number): Promise<ShapefileSet> {
  const spool = { count, add: async () => undefined };
  const set = new ShapefileSet('points', { spool: () => spool } as unknown as Scratch);
  const shape = shapeOf({ type: 'Point', coordinates: [0, 0] });
  await set.add(shape!, { text: 'x'.repeat(254) });
  return set;
}

test('refuses a set that readers could not count', async () => {
  // A header of 65 bytes, and 255 bytes a record.
  const most = Math.floor((2 ** 31 - 1 - 65) / 255);
  expect(Object.keys((await setOf(most)).files())).toContain('dbf');
  const set = await setOf(most + 1);
  expect(() => set.files()).toThrow(NonRetryableError);
  expect(() => set.files()).toThrow('points: a shapefile holds 2 GiB at most');
});
