import { expect, it } from 'vitest';
import { isLost } from './isLost.ts';

it.each([
  { intervalSeconds: 10, silentMs: 35_000, lost: false },
  { intervalSeconds: 10, silentMs: 35_001, lost: true },
  { intervalSeconds: 1, silentMs: 8_000, lost: false },
  { intervalSeconds: 1, silentMs: 8_001, lost: true },
  // The looker's clock is behind.
  { intervalSeconds: 10, silentMs: -60_000, lost: false },
])(
  'a process that beats every $intervalSeconds s and is silent for $silentMs ms is lost: $lost',
  ({ intervalSeconds, silentMs, lost }) => {
    expect(isLost({ beatAt: 1_000_000, intervalSeconds }, 1_000_000 + silentMs)).toBe(lost);
  },
);
