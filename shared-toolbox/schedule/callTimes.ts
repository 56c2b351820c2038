import {
  type Duration,
  DURATION_FORM,
  type FieldProblem,
  LONGEST_RETENTION_MS,
  parseDuration,
  type ScheduleOptions,
} from '../contract/index.ts';

/** When a task is to begin, in milliseconds since 1970, and what is wrong with what was asked. */
export interface CallTimes {
  /** Left out for at once. */
  readonly dueAt?: number;
  /** Left out for never. */
  readonly expires?: number;
  readonly problems: readonly FieldProblem[];
}

/** Ten years: as far as a record reaches. */
const FARTHEST_MS = LONGEST_RETENTION_MS;

/** The times of one call of `schedule()`. Pure. */
export function callTimes(options: ScheduleOptions, now: number): CallTimes {
  const problems: FieldProblem[] = [];
  const read = (field: string, asked: Duration | Date | undefined) => {
    if (asked === undefined) return undefined;
    const at = momentOf(asked, now);
    if (at !== undefined && at <= now + FARTHEST_MS) return at;
    problems.push({ field, message: `expected ${formOf(field)}, got ${textOf(asked)}` });
    return undefined;
  };
  const { delay, eta } = options;
  if (delay !== undefined && eta !== undefined) {
    problems.push({ field: 'eta', message: 'expected none beside delay' });
  }
  const dueAt = read('delay', delay) ?? read('eta', eta);
  const expires = read('expires', options.expires);
  if (expires !== undefined && expires <= Math.max(now, dueAt ?? 0)) {
    problems.push({ field: 'expires', message: 'expected later than the task is to begin' });
  }
  return {
    ...(dueAt !== undefined && dueAt > now && { dueAt }),
    ...(expires !== undefined && { expires }),
    problems,
  };
}

/** Whole milliseconds since 1970; undefined for what is no moment. */
function momentOf(asked: unknown, now: number): number | undefined {
  if (asked instanceof Date) return Number.isNaN(asked.getTime()) ? undefined : asked.getTime();
  const ms = parseDuration(String(asked));
  return ms === undefined ? undefined : now + ms;
}

function formOf(field: string): string {
  const forms: Record<string, string> = {
    delay: DURATION_FORM,
    eta: 'a valid Date',
    expires: `${DURATION_FORM}, or a valid Date`,
  };
  return `${forms[field]}, at most ten years ahead`;
}

function textOf(asked: Duration | Date): string {
  return asked instanceof Date && Number.isNaN(asked.getTime()) ? 'an invalid Date' : String(asked);
}
