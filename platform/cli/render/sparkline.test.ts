import { describe, expect, it } from 'vitest';
import { sparkline } from './sparkline.ts';

describe('a sparkline', () => {
  it('has the greatest number highest, and tells little from nothing', () => {
    expect(sparkline([0, 1, 350, 700])).toBe('▁▂▅█');
  });

  it('of nothing is flat', () => {
    expect(sparkline([0, 0])).toBe('▁▁');
    expect(sparkline([])).toBe('');
  });
});
