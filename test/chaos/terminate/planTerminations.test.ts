import { describe, expect, it } from 'vitest';
import { planTerminations } from './planTerminations.ts';

const workers = ['worker-1', 'worker-2', 'worker-3'];
const plan = (seed: string, count = 1_000) => planTerminations({ seed, count, workers });

describe('the plan of terminations', () => {
  it('follows from the seed alone', () => {
    expect(plan('7')).toEqual(plan('7'));
    expect(plan('7')).not.toEqual(plan('8'));
  });

  it.each([1, 3, 20, 1_000])('has %i in all, shared equally', (count) => {
    const shares = [...plan('7', count).values()].map(({ length }) => length);
    expect(shares.reduce((sum, n) => sum + n)).toBe(count);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
  });

  it('finds workers starting, receiving, running, recording', () => {
    const drawn = [...plan('7').values()].flat();
    for (const after of ['launch', 'up', 'begin', 'returned']) {
      expect(drawn.filter((one) => one.after === after).length).toBeGreaterThan(80);
    }
  });

  it('has some second signals', () => {
    const twice = [...plan('7').values()].flat().filter(({ secondAfterMs }) => secondAfterMs);
    expect(twice.length).toBeGreaterThan(10);
    expect(twice.length).toBeLessThan(60);
  });
});
