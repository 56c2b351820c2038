import {
  MISSED_AFTER_MS,
  MOST_MADE_UP,
  nextTime,
  type PeriodicTask,
} from '@taskfleet/toolbox/contract';

/** What to do about a periodic task that is due. */
export interface FiringPlan {
  /** Firings to publish now, in order. */
  readonly times: readonly number[];
  /** Firings that nobody makes up for are left out before it. */
  readonly next: number;
}

/**
 * Which firings of a periodic task whose next one was due at `dueAt` are to be published at `now`. Pure: of two replicas that look at
 * slightly different moments, each publishes firings that the other would publish too.
 */
export function planFiring(
  { timing, missed }: Pick<PeriodicTask, 'timing' | 'missed'>,
  dueAt: number,
  now: number,
): FiringPlan {
  if (now - dueAt <= MISSED_AFTER_MS) return { times: [dueAt], next: nextTime(timing, dueAt) };
  /** The last moment at which a firing was missed. */
  const missedUntil = now - MISSED_AFTER_MS - 1;
  if (missed === 'skip') return { times: [], next: nextTime(timing, missedUntil) };
  if (missed === 'once') return { times: [dueAt], next: nextTime(timing, now) };
  const times: number[] = [];
  for (let at = dueAt; at <= now && times.length < MOST_MADE_UP; at = nextTime(timing, at)) {
    times.push(at);
  }
  return { times, next: nextTime(timing, Math.max(times.at(-1) ?? 0, missedUntil)) };
}
