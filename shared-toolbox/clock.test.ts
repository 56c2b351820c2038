import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';

describe('the system clock', () => {
  it("rejects a sleep with the signal's own reason", async () => {
    const reason = new Error('the caller went away');
    await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const abort = new AbortController();
    const sleeping = systemClock.sleep(60_000, abort.signal);
    abort.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });

  it('sleeps without a signal, and with one that stays quiet', async () => {
    const begunAt = systemClock.monotonic();
    await systemClock.sleep(20);
    await systemClock.sleep(20, new AbortController().signal);
    // Node's timers may be a millisecond early.
    expect(systemClock.monotonic() - begunAt).toBeGreaterThan(35);
  });

  it('gives sixteen fresh random bytes', () => {
    expect(systemClock.randomBytes()).toHaveLength(16);
    expect(systemClock.randomBytes()).not.toEqual(systemClock.randomBytes());
  });
});
