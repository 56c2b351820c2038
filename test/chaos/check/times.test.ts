import { describe, expect, it } from 'vitest';
import { checkFacts } from './checkFacts.ts';
import { soundFacts } from './sampleFacts.ts';

const [first, ...others] = soundFacts.asked;

describe('a deferred task', () => {
  it.each([
    { notBefore: 1_000, promises: [] },
    { notBefore: 1_001, promises: ['a deferred task never begins before its time'] },
  ])('that is due at $notBefore and begins at 1000', ({ notBefore, promises }) => {
    const asked = [{ ...first!, notBefore }, ...others];
    expect(checkFacts({ ...soundFacts, asked }).map(({ promise }) => promise)).toEqual(promises);
  });
});

describe('firings every two seconds until 8500', () => {
  const firings = (...times: (number | undefined)[]) => {
    const ran = times.map((at, i) => ({ id: `tick-${i}`, at }));
    const until = 8_500;
    return checkFacts({ ...soundFacts, firings: { everyMs: 2_000, until, ran } });
  };

  it('are one for each time, whenever the fleet came up', () => {
    expect(firings(2_000, 4_000, 6_000, 8_000)).toEqual([]);
    expect(firings(8_000, 6_000, 10_000)).toEqual([]);
  });

  it.each([
    { what: 'two for a time', times: [4_000, 6_000, 6_000, 8_000] },
    { what: 'none for a time', times: [4_000, 8_000] },
    { what: 'none for the last time', times: [4_000, 6_000] },
    { what: 'none', times: [] },
    { what: 'one for another time', times: [6_000, 6_500, 8_000] },
    { what: 'one that has no record', times: [6_000, 8_000, undefined] },
  ])('are reported when there is $what', ({ times }) => {
    expect(firings(...times)).toMatchObject([{ promise: 'a firing happens exactly once' }]);
  });
});
