const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

type Unit = keyof typeof UNIT_MS;

/** A length of time with its unit: `'250ms'`, `'2s'`, `'5m'`, `'12h'`, `'30d'`. Whole numbers only. */
export type Duration = `${number}${Unit}`;

/** What to write where something else than a duration came. */
export const DURATION_FORM = 'digits and one of ms, s, m, h, d (such as "30s")';

const PATTERN = /^(?<amount>\d+)(?<unit>ms|s|m|h|d)$/;

/** Milliseconds of a duration; undefined for a text that is none. */
export function parseDuration(text: string): number | undefined {
  const { amount, unit } = PATTERN.exec(text)?.groups ?? {};
  return amount === undefined ? undefined : Number(amount) * UNIT_MS[unit as Unit];
}
