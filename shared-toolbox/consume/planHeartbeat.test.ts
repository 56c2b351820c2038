import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LeaseTimes, planHeartbeat } from './planHeartbeat.ts';

const LONGEST_HOLD_MS = 12 * 3_600_000;

const leaseMs = fc.integer({ min: 6, max: 600 }).map((seconds) => seconds * 1_000);
const lease = fc.record({ receivedAt: fc.nat(100_000_000), held: fc.nat(2 * LONGEST_HOLD_MS) });

/** A lease that was received then, and ends `left` milliseconds after now. */
function plan(length: number, now: number, lease: LeaseTimes) {
  const { extend, lost } = planHeartbeat([lease], length, now);
  return extend.length > 0 ? 'extend' : lost.length > 0 ? 'lost' : 'keep';
}

describe('planHeartbeat', () => {
  it('extends up to 12 hours from the receive, and never beyond', () => {
    const nearTheEnd = fc.integer({ min: LONGEST_HOLD_MS - 1_200_000, max: LONGEST_HOLD_MS });
    fc.assert(
      fc.property(nearTheEnd, leaseMs, (held, length) => {
        const decision = plan(length, held, { receivedAt: 0, endsAt: held + length / 2 });
        expect(decision).toBe(held + length <= LONGEST_HOLD_MS ? 'extend' : 'keep');
      }),
    );
  });

  it('gives up while a sixth is left, and before that never', () => {
    fc.assert(
      fc.property(
        lease,
        leaseMs,
        fc.integer({ min: -10_000, max: 600_000 }),
        (some, length, left) => {
          const now = some.receivedAt + some.held;
          const decision = plan(length, now, { receivedAt: some.receivedAt, endsAt: now + left });
          expect(decision === 'lost').toBe(left <= length / 6);
        },
      ),
    );
  });

  it('extends when a third has passed', () => {
    const at = (now: number) => plan(12_000, now, { receivedAt: 0, endsAt: 12_000 });
    expect([0, 3_999, 4_000, 9_999, 10_000, 12_000].map(at)).toEqual([
      'keep',
      'keep',
      'extend',
      'extend',
      'lost',
      'lost',
    ]);
  });

  it('plans for each of many', () => {
    const leases = [0, 5_000, 20_000].map((receivedAt) => ({
      receivedAt,
      endsAt: receivedAt + 12_000,
    }));
    const { extend, lost } = planHeartbeat(leases, 12_000, 10_000);
    expect(extend).toEqual([leases[1]]);
    expect(lost).toEqual([leases[0]]);
  });
});
