import { describe, expect, it } from 'vitest';
import { restartDelayMs } from './restartDelay.ts';

describe('the pause before a crashed service is started again', () => {
  it('doubles from half a second, up to half a minute', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 100].map(restartDelayMs);
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });
});
