/** A length of time that is counted together, in an item of its own. */
export interface Grain {
  readonly lengthMs: number;
  /** A process writes at most once in so long, but for its end. */
  readonly flushMs: number;
  readonly keptMs: number;
  /** Characters of a moment's ISO form that name its period. */
  readonly digits: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Minutes for graphs of hours; hours for graphs of days and weeks, which would otherwise be read from ten thousand items. A process that is
 * killed loses what it has not written.
 */
export const GRAINS = {
  minute: {
    lengthMs: MINUTE_MS,
    flushMs: 10_000,
    keptMs: 8 * DAY_MS,
    digits: 'yyyy-mm-ddThh:mm'.length,
  },
  hour: {
    lengthMs: HOUR_MS,
    flushMs: MINUTE_MS,
    keptMs: 90 * DAY_MS,
    digits: 'yyyy-mm-ddThh'.length,
  },
} as const satisfies Record<string, Grain>;

/** The period of a moment, by its name in UTC: `2026-11-21T12:21` or, of an hour, `2026-11-21T12`. */
export function periodOf({ digits }: Pick<Grain, 'digits'>, at: number): string {
  return new Date(at).toISOString().slice(0, digits);
}

/** When a period begins, in milliseconds since 1970. */
export function periodStart({ lengthMs }: Pick<Grain, 'lengthMs'>, at: number): number {
  return Math.floor(at / lengthMs) * lengthMs;
}
