import { type MissedPolicy, nextTimes } from '@taskfleet/toolbox/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFiring } from './planFiring.ts';

const HOUR = 3_600_000;
const dueAt = 480_000 * HOUR;
const hourly = (missed: MissedPolicy) => ({ timing: { every: '1h' }, missed }) as const;

describe('a firing that is due', () => {
  it.each(['skip', 'once', 'all'] as const)('is on time up to a minute later (%s)', (missed) => {
    const plan = { times: [dueAt], next: dueAt + HOUR };
    for (const late of [0, 1, 60_000]) {
      expect(planFiring(hourly(missed), dueAt, dueAt + late)).toEqual(plan);
    }
  });
});

describe('missed firings', () => {
  const now = dueAt + 3 * HOUR + 120_000;

  it('are left out (skip)', () => {
    expect(planFiring(hourly('skip'), dueAt, now)).toEqual({ times: [], next: dueAt + 4 * HOUR });
  });

  it('do not take the one that is on time with them (skip)', () => {
    const justOver = dueAt + 3 * HOUR + 10_000;
    expect(planFiring(hourly('skip'), dueAt, justOver)).toEqual({
      times: [],
      next: dueAt + 3 * HOUR,
    });
  });

  it('are one (once)', () => {
    expect(planFiring(hourly('once'), dueAt, now)).toEqual({
      times: [dueAt],
      next: dueAt + 4 * HOUR,
    });
  });

  it('are made up for one by one (all)', () => {
    const times = [0, 1, 2, 3].map((hours) => dueAt + hours * HOUR);
    expect(planFiring(hourly('all'), dueAt, now)).toEqual({ times, next: dueAt + 4 * HOUR });
  });

  it('are made up for a hundred times at most (all)', () => {
    const { times, next } = planFiring(hourly('all'), dueAt, dueAt + 1_000.5 * HOUR);
    expect(times).toEqual(nextTimes({ every: '1h' }, dueAt - 1, 100));
    expect(next).toBe(dueAt + 1_001 * HOUR);
  });

  it('never come again, and never leave out one to come, whoever looks', () => {
    const policy = fc.constantFrom<MissedPolicy>('skip', 'once', 'all');
    const late = fc.integer({ min: 60_001, max: 2_000 * HOUR });
    fc.assert(
      fc.property(policy, late, fc.integer({ min: 0, max: 5_000 }), (missed, lateMs, apartMs) => {
        const now = dueAt + lateMs;
        const { times, next } = planFiring(hourly(missed), dueAt, now);
        expect(next).toBeGreaterThan(times.at(-1) ?? dueAt);
        expect(next).toBeLessThanOrEqual(now - (now % HOUR) + HOUR);
        expect(next).toBeGreaterThanOrEqual(now - 60_000);
        // Of two that lead for a moment, the one that sees less publishes nothing that the other would not.
        const later = planFiring(hourly(missed), dueAt, now + apartMs).times;
        expect(later.slice(0, times.length)).toEqual(times);
      }),
    );
  });
});
