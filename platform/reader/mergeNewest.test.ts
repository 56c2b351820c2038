import type { TaskId } from '@taskfleet/toolbox/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byNewest, type IndexEntry } from './indexEntry.ts';
import { mergeNewest, type Partition } from './mergeNewest.ts';

/** Few different times, so that many entries share one. */
const entry: fc.Arbitrary<IndexEntry> = fc.record({
  at: fc.nat({ max: 6 }),
  id: fc.nat().map((n): TaskId => `echo_${n.toString(16).padStart(32, '0')}`),
});
const stored = fc.array(
  fc.array(entry, { maxLength: 20 }).map((entries) => entries.toSorted((a, b) => b.at - a.at)),
  { minLength: 1, maxLength: 8 },
);
const known = fc.array(fc.nat({ max: 20 }), { minLength: 8, maxLength: 8 });

/** Partitions of which only so many entries have been read. */
function partlyRead(partitions: readonly IndexEntry[][], counts: readonly number[]): Partition[] {
  return partitions.map((entries, i) => {
    const count = counts[i] ?? 0;
    return { entries: entries.slice(0, count), ended: count >= entries.length };
  });
}

describe('mergeNewest', () => {
  it('gives a beginning of the whole order, however little has been read', () => {
    fc.assert(
      fc.property(stored, known, (partitions, counts) => {
        const whole = partitions.flat().toSorted(byNewest);
        const { ready } = mergeNewest(partlyRead(partitions, counts));
        expect(ready).toEqual(whole.slice(0, ready.length));
      }),
    );
  });

  it('keeps what is not ready in its partition', () => {
    fc.assert(
      fc.property(stored, known, (partitions, counts) => {
        const read = partlyRead(partitions, counts);
        const { ready, kept } = mergeNewest(read);
        const all = read.flatMap(({ entries }) => entries).toSorted(byNewest);
        expect([...ready, ...kept.flat()].toSorted(byNewest)).toEqual(all);
        for (const [i, entries] of kept.entries()) {
          expect(read[i]?.entries.slice(-entries.length || Infinity)).toEqual(entries);
        }
      }),
    );
  });

  it('gives everything once all has been read', () => {
    fc.assert(
      fc.property(stored, (partitions) => {
        const { ready, kept } = mergeNewest(partlyRead(partitions, Array(8).fill(20)));
        expect(ready).toHaveLength(partitions.flat().length);
        expect(kept.flat()).toEqual([]);
      }),
    );
  });
});
