import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextConcurrency, type Seen } from './nextConcurrency.ts';

const calm = { lagMs: 0, cpu: 0.1 };
const busy = { lagMs: 100, cpu: 0.5 };

function next(seen: Partial<Seen>) {
  return nextConcurrency({
    concurrency: 8,
    bounds: [2, 20],
    mostRunning: 8,
    load: calm,
    ...seen,
  });
}

describe('the next concurrency', () => {
  it.each<[string, Partial<Seen>, number]>([
    ['grows by half while every place is taken', {}, 12],
    ['grows from one', { concurrency: 1, mostRunning: 1, bounds: [1, 20] }, 2],
    ['stays when the process has no headroom: lag', { load: busy }, 8],
    ['stays when the process has no headroom: CPU', { load: { lagMs: 0, cpu: 0.8 } }, 8],
    ['shrinks by a quarter when heartbeats would suffer', { load: { lagMs: 300, cpu: 0.1 } }, 6],
    ['shrinks by a quarter when no CPU is left', { load: { lagMs: 0, cpu: 0.99 } }, 6],
    ['shrinks one by one while places stay free', { mostRunning: 7 }, 7],
    ['never exceeds its most', { concurrency: 19, mostRunning: 19 }, 20],
    ['never goes below its least', { concurrency: 2, mostRunning: 0 }, 2],
  ])('%s', (_what, seen, concurrency) => {
    expect(next(seen).concurrency).toBe(concurrency);
  });

  it('is within its bounds, and says why it is another one', () => {
    const number = fc.integer({ min: 1, max: 1_000 });
    const load = fc.record({ lagMs: fc.nat(1_000), cpu: fc.double({ min: 0, max: 2 }) });
    const seen = fc.record({ ends: fc.tuple(number, number), at: number, ran: number, load });
    fc.assert(
      fc.property(seen, ({ ends, at, ran, ...rest }) => {
        const [min, max] = [Math.min(...ends), Math.max(...ends)];
        const concurrency = Math.min(max, Math.max(min, at));
        const mostRunning = Math.min(concurrency, ran);
        const result = nextConcurrency({ ...rest, concurrency, mostRunning, bounds: [min, max] });
        expect(result.concurrency).toBeGreaterThanOrEqual(min);
        expect(result.concurrency).toBeLessThanOrEqual(max);
        expect(result.why === 'steady').toBe(result.concurrency === concurrency);
      }),
    );
  });
});
