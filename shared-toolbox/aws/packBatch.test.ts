import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packBatch } from './packBatch.ts';

interface Entry {
  readonly n: number;
  readonly size: number;
  readonly lane: string | undefined;
}

const someEntries = fc
  .array(fc.record({ size: fc.nat(120), lane: fc.constantFrom('a', 'b', 'c', undefined) }), {
    maxLength: 40,
  })
  .map((all) => all.map((entry, n): Entry => ({ ...entry, n })));
const busyLanes = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c'));

function pack(entries: readonly Entry[], busy: readonly string[] = []) {
  return packBatch(entries, {
    maxEntries: 10,
    maxBytes: 100,
    sizeOf: ({ size }) => size,
    laneOf: ({ lane }) => lane,
    isBusy: (lane) => busy.includes(lane),
  });
}

function byNumber(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => a.n - b.n);
}

describe('packBatch', () => {
  it('neither loses nor doubles an entry', () => {
    fc.assert(
      fc.property(someEntries, busyLanes, (entries, busy) => {
        const { batch, rest } = pack(entries, busy);
        expect(byNumber([...batch, ...rest])).toEqual(entries);
      }),
    );
  });

  it('keeps within both limits, but for a single entry that is too large by itself', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const { batch } = pack(entries);
        expect(batch.length).toBeLessThanOrEqual(10);
        const bytes = batch.reduce((sum, { size }) => sum + size, 0);
        expect(bytes <= 100 || batch.length === 1).toBe(true);
      }),
    );
  });

  it('keeps the order of every lane, in the batch and in what waits', () => {
    fc.assert(
      fc.property(someEntries, busyLanes, (entries, busy) => {
        const { batch, rest } = pack(entries, busy);
        for (const lane of ['a', 'b', 'c']) {
          const sent = [...batch, ...rest].filter((entry) => entry.lane === lane);
          expect(sent).toEqual(byNumber(sent));
        }
      }),
    );
  });

  it('takes nothing of a busy lane', () => {
    fc.assert(
      fc.property(someEntries, busyLanes, (entries, busy) => {
        const { batch } = pack(entries, busy);
        expect(batch.filter(({ lane }) => lane && busy.includes(lane))).toEqual([]);
      }),
    );
  });

  it('always takes something unless every lane is busy', () => {
    fc.assert(
      fc.property(someEntries, busyLanes, (entries, busy) => {
        const free = entries.some(({ lane }) => !lane || !busy.includes(lane));
        expect(pack(entries, busy).batch.length > 0).toBe(free);
      }),
    );
  });

  it('lets a small entry of another lane pass one that is too large for the batch', () => {
    const [a, b, c] = [60, 60, 40].map((size, n) => ({ n, size, lane: String(n) }));
    expect(pack([a!, b!, c!])).toEqual({ batch: [a, c], rest: [b] });
  });
});
