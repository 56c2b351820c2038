import { describe, expect, it } from 'vitest';
import { parseMetrics } from './parseMetrics.ts';

const head = (name: string, type: string) => `# HELP ${name} What it is.\n# TYPE ${name} ${type}\n`;
const HISTOGRAM = head('a_seconds', 'histogram');

describe("Prometheus's text", () => {
  it('is read with its labels and values', () => {
    const text = `${head('a_total', 'counter')}a_total{b="c\\"d",e="}"} 5\na_total{b="x",e=""} 1.5e-7\n`;
    expect(parseMetrics(text).get('a_total')?.series).toEqual([
      { name: 'a_total', labels: { b: 'c\\"d', e: '}' }, value: 5 },
      { name: 'a_total', labels: { b: 'x', e: '' }, value: 1.5e-7 },
    ]);
  });

  it.each([
    ['without an end', `${head('a_total', 'counter')}a_total 5`],
    ['without help', '# TYPE a gauge\na 5\n'],
    ['without a type', '# HELP a What.\na 5\n'],
    ['with the type of another', '# HELP a What.\n# TYPE b gauge\na 5\n'],
    ['with a series of another', `${head('a', 'gauge')}b 5\n`],
    ['with a metric twice', `${head('a', 'gauge')}a 5\n${head('a', 'gauge')}a 5\n`],
    ['with a series twice', `${head('a', 'gauge')}a{b="1",c="2"} 5\na{c="2",b="1"} 6\n`],
    ['with a label twice', `${head('a', 'gauge')}a{b="1",b="2"} 5\n`],
    ['with a label that is not closed', `${head('a', 'gauge')}a{b="1} 5\n`],
    ['without a value', `${head('a', 'gauge')}a undefined\n`],
    ['with a counter that is not called so', `${head('a', 'counter')}a 5\n`],
    ['with a gauge that is called a counter', `${head('a_total', 'gauge')}a_total 5\n`],
    ['with milliseconds', `${head('a_ms', 'gauge')}a_ms 5\n`],
    [
      'with a histogram without an end',
      `${HISTOGRAM}a_seconds_bucket{le="1"} 1\na_seconds_count 1\n`,
    ],
    [
      'with a histogram that falls',
      `${HISTOGRAM}a_seconds_bucket{le="1"} 2\na_seconds_bucket{le="+Inf"} 1\na_seconds_count 1\n`,
    ],
    [
      'with a histogram that does not add up',
      `${HISTOGRAM}a_seconds_bucket{le="+Inf"} 1\na_seconds_count 2\n`,
    ],
  ])('is refused %s', (_what, text) => {
    expect(() => parseMetrics(text)).toThrow(RangeError);
  });
});
