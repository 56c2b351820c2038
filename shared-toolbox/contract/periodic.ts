import { DefinitionError, ValidationError } from '../errors.ts';
import { jsonOf, labelProblem } from './callInput.ts';
import { type Duration, DURATION_FORM, parseDuration } from './duration.ts';
import { OFFLOAD_ABOVE_BYTES } from './offload.ts';
import type { AnyTask, InputOf } from './task.ts';
import { type Timing, timingProblems } from './timing.ts';
import { type Json, validate } from './validate.ts';

/** What becomes of firings that nobody was there for: none of them, one in place of all, or each. */
export const MISSED_POLICIES = ['skip', 'once', 'all'] as const;
export type MissedPolicy = (typeof MISSED_POLICIES)[number];

/** A firing that is later than this counts as missed. */
export const MISSED_AFTER_MS = 60_000;

/** Missed firings that `all` makes up for at once, the earliest; later ones are left out. */
export const MOST_MADE_UP = 100;

/** Either by the calendar or by a length of time. */
export type PeriodicWhen =
  | {
      /** Minute, hour, day of month, month, day of week; or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. */
      readonly cron: string;
      /** Whose clock and calendar `cron` speaks of. Default `'UTC'`. */
      readonly timeZone?: string;
      readonly every?: never;
    }
  | {
      /** At the multiples of it since 1970: `'5m'` fires at each full five minutes. From 1s to 365d. */
      readonly every: Duration;
      readonly cron?: never;
      readonly timeZone?: never;
    };

export type PeriodicOptions<T extends AnyTask> = PeriodicWhen & {
  /** What is scheduled; a task of the fleet. */
  readonly task: T;
  /** Of every firing. At most 64 KiB of JSON. */
  readonly input: InputOf<T>;
  /** What becomes of firings that are more than a minute late, because nothing ran. `all` makes up for 100 at most. Default `'once'`. */
  readonly missed?: MissedPolicy;
  /** Who asks. Kept in each task's record. At most 256 characters. */
  readonly creator?: string;
  /** What the tasks are about. At most 256 characters. */
  readonly subject?: string;
  /** A task that nobody has begun so long after its firing ends as `expired`. Default: never. */
  readonly expires?: Duration;
};

/** A rule by which a task is scheduled again and again. */
export interface PeriodicTask {
  readonly name: string;
  readonly task: AnyTask;
  /** As JSON carries it, before defaults and transforms. */
  readonly input: Json;
  readonly timing: Timing;
  readonly missed: MissedPolicy;
  readonly creator?: string;
  readonly subject?: string;
  readonly expires?: Duration;
}

/** One time at which a periodic task fires. */
export interface Firing {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/**
 * Declares a periodic task. Throws DefinitionError listing everything that cannot work.
 *
 * @example periodic('nightly-index', { cron: '0 3 * * *', timeZone: 'Europe/Berlin', task: indexLayers, input: {} })
 */
export function periodic<T extends AnyTask>(
  name: string,
  options: PeriodicOptions<T>,
): PeriodicTask {
  const { task, missed = 'once', creator, subject, expires } = options;
  const { input, problems: inputProblems } = inputOf(task, options.input);
  const timing = timingOf(options);
  const problems = [
    ...(NAME.test(name)
      ? []
      : ['name: expected lower-case letters, digits and hyphens, at most 63']),
    ...whenProblems(options),
    ...timingProblems(timing),
    ...inputProblems,
    ...optionProblems({ missed, creator, subject, expires }),
  ];
  if (problems.length > 0) throw new DefinitionError(`periodic task "${name}"`, problems);
  return Object.freeze({
    name,
    task,
    input,
    timing,
    missed,
    ...(creator !== undefined && { creator }),
    ...(subject !== undefined && { subject }),
    ...(expires !== undefined && { expires }),
  });
}

function timingOf({ cron, timeZone = 'UTC', every }: PeriodicWhen): Timing {
  if (every !== undefined) return { every };
  return { cron: (cron ?? '').trim().replaceAll(/\s+/g, ' '), timeZone };
}

/** What the types forbid, and a command line can ask for. */
function whenProblems({ cron, timeZone, every }: PeriodicWhen): string[] {
  if (every === undefined) return [];
  return [
    ...(cron === undefined ? [] : ['cron: expected none beside every']),
    ...(timeZone === undefined ? [] : ['timeZone: expected none beside every']),
  ];
}

function inputOf(task: AnyTask, given: unknown): { input: Json; problems: string[] } {
  try {
    const input = jsonOf(task, given);
    const checked = validate(`input of ${task.name}`, task.input, input);
    if (!checked.ok) throw checked.error;
    const bytes = new TextEncoder().encode(JSON.stringify(input)).length;
    if (bytes <= OFFLOAD_ABOVE_BYTES) return { input, problems: [] };
    return {
      input,
      problems: [`input: expected at most ${OFFLOAD_ABOVE_BYTES} bytes, got ${bytes}`],
    };
  } catch (error) {
    if (error instanceof ValidationError) return { input: null, problems: [error.message] };
    throw error;
  }
}

type Labels = Pick<PeriodicTask, 'missed'> & {
  readonly [Field in 'creator' | 'subject' | 'expires']: PeriodicTask[Field] | undefined;
};

function optionProblems({ missed, creator, subject, expires }: Labels): string[] {
  const labels = [...labelProblem('creator', creator), ...labelProblem('subject', subject)];
  return [
    ...(MISSED_POLICIES.includes(missed)
      ? []
      : [`missed: expected ${MISSED_POLICIES.join(', ')}, got "${missed}"`]),
    ...labels.map(({ field, message }) => `${field}: ${message}`),
    ...(expires === undefined || (parseDuration(expires) ?? 0) > 0
      ? []
      : [`expires: expected ${DURATION_FORM}, got "${expires}"`]),
  ];
}
