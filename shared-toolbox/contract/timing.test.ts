import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTime, nextTimes, type Timing, timingProblems } from './index.ts';

const berlin = (cron: string): Timing => ({ cron, timeZone: 'Europe/Berlin' });

/** The next times after a moment, as ISO texts without the milliseconds. */
function timesOf(timing: Timing, after: string, count = 4): string[] {
  return nextTimes(timing, Date.parse(after), count).map((at) =>
    new Date(at).toISOString().replace(':00.000Z', 'Z'),
  );
}

describe('a timing by the calendar', () => {
  it('keeps to the wall clock of its time zone, summer and winter', () => {
    expect(timesOf(berlin('0 3 * * *'), '2026-03-27T12:00:00Z', 3)).toEqual([
      '2026-03-28T02:00Z',
      '2026-03-29T01:00Z',
      '2026-03-30T01:00Z',
    ]);
    expect(timesOf(berlin('0 3 * * *'), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T02:00Z',
      '2026-10-26T02:00Z',
    ]);
  });

  it('fires right after the hour that spring skips, once, when its time is in it', () => {
    const after = '2026-03-28T12:00:00Z';
    expect(timesOf(berlin('30 2 * * *'), after, 2)).toEqual([
      '2026-03-29T01:00Z',
      '2026-03-30T00:30Z',
    ]);
    expect(timesOf(berlin('15,45 2 * * *'), after, 2)).toEqual([
      '2026-03-29T01:00Z',
      '2026-03-30T00:15Z',
    ]);
  });

  it('fires once, the first time, when its time comes twice in autumn', () => {
    const after = '2026-10-24T12:00:00Z';
    expect(timesOf(berlin('30 2 * * *'), after, 2)).toEqual([
      '2026-10-25T00:30Z',
      '2026-10-26T01:30Z',
    ]);
    expect(timesOf(berlin('30 2,14 * * *'), after, 4)).toEqual([
      '2026-10-24T12:30Z',
      '2026-10-25T00:30Z',
      '2026-10-25T13:30Z',
      '2026-10-26T01:30Z',
    ]);
  });

  it('goes on at its pace through both changes when it has none but steps', () => {
    expect(timesOf(berlin('*/30 * * * *'), '2026-03-29T00:20:00Z')).toEqual([
      '2026-03-29T00:30Z',
      '2026-03-29T01:00Z',
      '2026-03-29T01:30Z',
      '2026-03-29T02:00Z',
    ]);
    expect(timesOf(berlin('0 * * * *'), '2026-10-24T23:30:00Z')).toEqual([
      '2026-10-25T00:00Z',
      '2026-10-25T01:00Z',
      '2026-10-25T02:00Z',
      '2026-10-25T03:00Z',
    ]);
  });

  it('goes on from any moment in the doubled hour without firing again', () => {
    const next = ['2026-10-26T01:30Z'];
    expect(timesOf(berlin('30 2 * * *'), '2026-10-25T00:30:00Z', 1)).toEqual(next);
    expect(timesOf(berlin('30 2 * * *'), '2026-10-25T01:10:00Z', 1)).toEqual(next);
  });

  it('always goes forward', () => {
    const patterns = ['*/7 * * * *', '30 2 * * *', '0 0 1 * *', '15 1-3 * * SUN', '@hourly'];
    const zones = ['Europe/Berlin', 'Australia/Lord_Howe', 'America/Santiago', 'UTC'];
    const moment = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });
    fc.assert(
      fc.property(
        fc.constantFrom(...patterns),
        fc.constantFrom(...zones),
        moment,
        (cron, timeZone, after) => {
          const next = nextTime({ cron, timeZone }, after);
          expect(next).toBeGreaterThan(after);
          // Whoever looks in between sees the same next time.
          expect(nextTime({ cron, timeZone }, Math.floor((after + next - 1) / 2))).toBe(next);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a timing by a length of time', () => {
  it('fires at its multiples, however late one looks', () => {
    const every = { every: '5m' } as const;
    expect(timesOf(every, '2026-03-29T00:52:07Z', 3)).toEqual([
      '2026-03-29T00:55Z',
      '2026-03-29T01:00Z',
      '2026-03-29T01:05Z',
    ]);
    expect(nextTime(every, Date.parse('2026-03-29T00:55:00Z'))).toBe(
      Date.parse('2026-03-29T01:00:00Z'),
    );
  });
});

describe('what is wrong with a timing', () => {
  it.each([['0 3 * * *'], ['*/5 9-17 * * MON-FRI'], ['0 4 L * *'], ['@daily'], ['0 0 29 2 *']])(
    'is nothing with %s',
    (cron) => {
      expect(timingProblems(berlin(cron))).toEqual([]);
    },
  );

  it.each([
    ['', 'got ""'],
    ['nonsense', 'got "nonsense"'],
    ['61 * * * *', 'got "61 * * * *" (Invalid value for minute: 61)'],
    ['0 0 3 * * *', 'got "0 0 3 * * *"'],
    ['? * * * *', 'got "? * * * *"'],
    ['2026-10-25T02:30:00', 'got "2026-10-25T02:30:00"'],
    ['@reboot', 'got "@reboot"'],
    ['0 0 30 2 *', 'got "0 0 30 2 *" (it never fires)'],
  ])('is said of %j', (cron, got) => {
    expect(timingProblems(berlin(cron))).toEqual([
      `cron: expected minute, hour, day of month, month and day of week, such as "0 3 * * *", or @daily and the like, ${got}`,
    ]);
  });

  it('is said of a time zone, with the one that was meant, beside what is wrong with the rest', () => {
    expect(timingProblems({ cron: '0 3 * *', timeZone: 'Europe/Berln' })).toEqual([
      'timeZone: expected a name such as "Europe/Berlin", got "Europe/Berln"; did you mean "Europe/Berlin"?',
      expect.stringContaining('got "0 3 * *"'),
    ]);
  });

  it.each([
    ['soon', 'every: expected digits and one of ms, s, m, h, d (such as "30s"), got "soon"'],
    ['10ms', 'every: expected 1s to 365d, got "10ms"'],
    ['366d', 'every: expected 1s to 365d, got "366d"'],
  ])('is said of every %s', (every, problem) => {
    expect(timingProblems({ every: every as '1s' })).toEqual([problem]);
  });
});
