import { describe, expect, it } from 'vitest';
import { fraction, seededRandom } from './seededRandom.ts';

describe('seeded randomness', () => {
  it('is the same for the same seed, and another for another', () => {
    const draw = (seed: string) => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(draw('7')).toEqual(draw('7'));
    expect(draw('7')).not.toEqual(draw('8'));
  });

  it('spreads over the whole range', () => {
    const drawn = Array.from({ length: 1_000 }, (_, i) => fraction('spread', i));
    expect(Math.min(...drawn)).toBeLessThan(0.02);
    expect(Math.max(...drawn)).toBeGreaterThan(0.98);
    expect(Math.max(...drawn)).toBeLessThan(1);
  });
});
