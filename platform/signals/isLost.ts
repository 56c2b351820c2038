import type { Heartbeat } from '@taskfleet/toolbox/table';

/** Beats that may be missed: one for a throttled write, one for a slow start of the timer. */
const INTERVALS = 3;

/** By which the clocks of the process and of whoever looks may differ, and what the write takes. */
const SLACK_MS = 5_000;

/** Whether a process has been silent for too long. `now` is the looker's clock, the beat's time that of the process. Pure. */
export function isLost(
  { beatAt, intervalSeconds }: Pick<Heartbeat, 'beatAt' | 'intervalSeconds'>,
  now: number,
): boolean {
  return now - beatAt > INTERVALS * intervalSeconds * 1_000 + SLACK_MS;
}
