import { DefinitionError } from '../errors.ts';
import { type Duration, DURATION_FORM, parseDuration } from './duration.ts';

/** Milliseconds of a duration. Throws DefinitionError for anything else than digits and one unit. */
export function toMilliseconds(duration: Duration): number {
  const ms = parseDuration(duration);
  if (ms !== undefined) return ms;
  throw new DefinitionError('duration', [`expected ${DURATION_FORM}, got "${duration}"`]);
}

/** A definition's durations, and what is wrong with them: told together with everything else. */
export class Durations {
  readonly problems: string[] = [];

  /** Milliseconds; NaN for what is no duration, after noting it, so that no bound is checked on it. */
  milliseconds(field: string, duration: Duration): number {
    const ms = parseDuration(duration);
    if (ms !== undefined) return ms;
    this.problems.push(`${field}: expected ${DURATION_FORM}, got "${duration}"`);
    return NaN;
  }
}
