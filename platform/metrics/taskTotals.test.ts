import { describe, expect, it } from 'vitest';
import { Counted } from '../statistics/counted.ts';
import type { Minutes } from '../statistics/index.ts';
import { TaskTotals } from './taskTotals.ts';

const MINUTE_MS = 60_000;
/** When a minute can first be read. */
const readable = (minute: number) => (minute + 1) * MINUTE_MS + 20_000;

/** A table with counts of `a.b` by minute, and what was read of it. */
function counting({ from = 0, mostMinutes = 60 } = {}) {
  const stored = new Map<number, number>();
  const reads: number[][] = [];
  const fault: { error?: Error | undefined } = {};
  const totals = new TaskTotals({
    from,
    tasks: ['a.b'],
    mostMinutes,
    read: async (minutes: Minutes) => {
      if (fault.error) throw fault.error;
      reads.push(minutes.map((at) => at / MINUTE_MS));
      const counted = new Counted();
      for (const at of minutes) {
        const n = stored.get(at / MINUTE_MS);
        if (n !== undefined) counted.add('a.b', at, new Map([['succeeded', n]]));
        counted.add('a.unknown', at, new Map([['succeeded', 99]]));
      }
      return counted;
    },
  });
  const total = () => totals.totals.get('a.b')?.get('succeeded') ?? 0;
  return { totals, stored, reads, fault, total };
}

describe('totals', () => {
  it('begin with the first whole minute, and have those that are over and written', async () => {
    const { totals, stored, reads, total } = counting({ from: 5 * MINUTE_MS + 1 });
    for (const minute of [4, 5, 6, 7]) stored.set(minute, 10 ** (minute - 4));
    await totals.advance(readable(6) - 1);
    expect(reads).toEqual([]);
    await totals.advance(readable(6));
    expect(total()).toBe(100);
    await totals.advance(readable(6) + 30_000);
    expect(reads).toEqual([[6]]);
    await totals.advance(readable(7));
    expect(total()).toBe(1_100);
    expect([...totals.totals.keys()]).toEqual(['a.b']);
  });

  it('have what was written late, once', async () => {
    const { totals, stored, reads, total } = counting();
    stored.set(1, 3);
    await totals.advance(readable(1));
    stored.set(1, 5);
    await totals.advance(readable(2));
    expect(total()).toBe(5);
    stored.set(1, 6);
    await totals.advance(readable(3));
    expect(total()).toBe(6);
    await totals.advance(readable(4));
    expect(total()).toBe(6);
    expect(reads).toEqual([[1], [1, 2], [1, 2, 3], [2, 3, 4]]);
  });

  it('never fall, also where a read knows less than the one before', async () => {
    const { totals, stored, total } = counting();
    stored.set(1, 5);
    await totals.advance(readable(1));
    stored.set(1, 2);
    await totals.advance(readable(2));
    expect(total()).toBe(5);
    stored.set(1, 6);
    await totals.advance(readable(3));
    expect(total()).toBe(6);
  });

  it('catch up on what could not be read', async () => {
    const { totals, stored, fault, total } = counting();
    for (const minute of [1, 2, 3, 4]) stored.set(minute, 1);
    await totals.advance(readable(1));
    fault.error = new Error('away');
    for (const minute of [2, 3]) {
      await expect(totals.advance(readable(minute))).rejects.toThrow('away');
    }
    expect(total()).toBe(1);
    fault.error = undefined;
    await totals.advance(readable(4));
    expect(total()).toBe(4);
  });

  it('leave out the first minutes where nobody asked for longer than can be read', async () => {
    const { totals, reads } = counting({ mostMinutes: 3 });
    await totals.advance(readable(1));
    await totals.advance(readable(100));
    expect(reads).toEqual([[1], [98, 99, 100]]);
  });

  it('are the same for replicas that began at other times, as far as they grow', async () => {
    const [early, late] = [counting(), counting({ from: 3 * MINUTE_MS - 1 })];
    const growth: [number, number][] = [];
    for (const minute of [1, 2, 3, 4, 5, 6]) {
      const before = [early.total(), late.total()] as const;
      for (const one of [early, late]) {
        one.stored.set(minute, minute);
        await one.totals.advance(readable(minute));
      }
      growth.push([early.total() - before[0], late.total() - before[1]]);
    }
    expect(growth.slice(2)).toEqual([3, 4, 5, 6].map((n) => [n, n]));
  });
});
