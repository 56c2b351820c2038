import { DefinitionError } from '../errors.ts';

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

type Unit = keyof typeof UNIT_MS;

/** A length of time with its unit: `'250ms'`, `'2s'`, `'5m'`, `'12h'`, `'30d'`. Whole numbers only. */
export type Duration = `${number}${Unit}`;

const PATTERN = /^(?<amount>\d+)(?<unit>ms|s|m|h|d)$/;

/** Milliseconds of a duration. Throws DefinitionError for anything else than digits and one unit. */
export function toMilliseconds(duration: Duration): number {
  const { amount, unit } = PATTERN.exec(duration)?.groups ?? {};
  if (amount === undefined || unit === undefined) {
    throw new DefinitionError('duration', [
      `expected digits and one of ms, s, m, h, d (such as "30s"), got "${duration}"`,
    ]);
  }
  return Number(amount) * UNIT_MS[unit as Unit];
}

/** Whole seconds of a duration, rounded up: SQS counts in seconds. */
export function toSeconds(duration: Duration): number {
  return Math.ceil(toMilliseconds(duration) / 1_000);
}
