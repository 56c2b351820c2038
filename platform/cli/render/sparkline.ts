const BARS = '▁▂▃▄▅▆▇█';

/** Numbers as bars, the greatest the highest. Only a zero has the lowest. */
export function sparkline(numbers: readonly number[]): string {
  const most = Math.max(...numbers);
  const heights = numbers.map((n) => (n === 0 ? 0 : Math.ceil((n / most) * (BARS.length - 1))));
  return heights.map((height) => BARS[height]).join('');
}
