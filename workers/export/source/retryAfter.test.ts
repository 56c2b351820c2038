import { expect, test } from 'vitest';
import { retryAfterMs } from './retryAfter.ts';

const DATE = 'Sat, 21 Nov 2026 10:00:00 GMT';

test.each([
  ['7', 7_000],
  ['0', 0],
  [' 12 ', 12_000],
  ['Sat, 21 Nov 2026 10:00:20 GMT', 20_000],
  ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
  ['', undefined],
  ['soon', undefined],
  ['-3', undefined],
])('reads %j', (text, milliseconds) => {
  const headers = new Headers({ 'retry-after': text, date: DATE });
  expect(retryAfterMs(headers)).toBe(milliseconds);
});

test('asks for nothing without the header', () => {
  expect(retryAfterMs(new Headers())).toBeUndefined();
});
