import { Cron } from 'croner';
import { type Duration, DURATION_FORM, parseDuration } from './duration.ts';
import { nearestName } from './nearestName.ts';

/** When a periodic task fires: by the calendar of a time zone, or at the multiples of a length of time since 1970. */
export type Timing =
  | { readonly cron: string; readonly timeZone: string }
  | { readonly every: Duration };

/**
 * The first time after that moment, both in milliseconds since 1970. Pure: whoever asks gets the same. Throws for a timing that
 * `timingProblems` finds something wrong with.
 */
export function nextTime(timing: Timing, after: number): number {
  if ('every' in timing) {
    const everyMs = parseDuration(timing.every) ?? NaN;
    return (Math.floor(after / everyMs) + 1) * everyMs;
  }
  const next = cronOf(timing.cron, timing.timeZone).nextRun(new Date(after));
  if (!next) throw new RangeError('it never fires');
  return next.getTime();
}

/** So many times after that moment. */
export function nextTimes(timing: Timing, after: number, count: number): number[] {
  const times: number[] = [];
  for (let last = after; times.length < count; times.push(last)) last = nextTime(timing, last);
  return times;
}

/**
 * `no-wildcard`, as cron does it: what has fixed hours and minutes runs once in the hour that a time zone has twice, and right
 * after the one that it skips; what repeats by a wildcard or a step goes on through the one and leaves out the other.
 */
function cronOf(pattern: string, timeZone: string): Cron {
  const options = { mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true } as const;
  return new Cron(pattern, { ...options, timezone: timeZone });
}

/** Everything that is wrong with a timing, as `field: message`. */
export function timingProblems(timing: Timing): string[] {
  if ('every' in timing) return everyProblems(timing.every);
  const zoneProblems = timeZoneProblems(timing.timeZone);
  return [
    ...zoneProblems,
    ...cronProblems(timing.cron, zoneProblems.length ? 'UTC' : timing.timeZone),
  ];
}

const DAY_MS = 86_400_000;

function everyProblems(every: string): string[] {
  const ms = parseDuration(every);
  if (ms === undefined) return [`every: expected ${DURATION_FORM}, got "${every}"`];
  return ms >= 1_000 && ms <= 365 * DAY_MS ? [] : [`every: expected 1s to 365d, got "${every}"`];
}

/** Five fields, or a name for them. A `?` would stand for the moment at which it is read, which is another on each replica. */
const CRON_FORM = /^(?:@(?:hourly|daily|weekly|monthly|yearly|annually)|[^\s?]+(?: [^\s?]+){4})$/;

function cronProblems(cron: string, timeZone: string): string[] {
  const expected =
    'cron: expected minute, hour, day of month, month and day of week, such as "0 3 * * *", or @daily and the like';
  if (!CRON_FORM.test(cron)) return [`${expected}, got "${cron}"`];
  try {
    nextTime({ cron, timeZone }, 0);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^\w+: /, '') : String(error);
    return [`${expected}, got "${cron}" (${reason})`];
  }
}

function timeZoneProblems(timeZone: string): string[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone }).format(0);
    return [];
  } catch {
    const nearest = nearestName(timeZone, Intl.supportedValuesOf('timeZone'));
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    return [`timeZone: expected a name such as "Europe/Berlin", got "${timeZone}"${hint}`];
  }
}
