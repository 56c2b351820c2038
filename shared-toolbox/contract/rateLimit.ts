/** Starts in a time: `'10/m'` is ten a minute, evenly spread: one every six seconds. A whole number, and s, m, h or d. */
export type RateLimit = `${number}/${'s' | 'm' | 'h' | 'd'}`;

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const PATTERN = /^(?<starts>[1-9]\d*)\/(?<unit>[smhd])$/;

/** One table item counts the starts; a key takes 1,000 write units a second (docs.aws.amazon.com, DynamoDB partitions). */
const MOST_PER_SECOND = 500;

/** What to write where something else than a rate limit came. */
export const RATE_LIMIT_FORM = `a whole number from 1, a slash and s, m, h or d (such as "10/m"), at most ${MOST_PER_SECOND}/s`;

/** Milliseconds between two starts; undefined for a text that is no rate limit. */
export function parseRateLimit(text: string): number | undefined {
  const { starts, unit } = PATTERN.exec(text)?.groups ?? {};
  const everyMs = UNIT_MS[unit as keyof typeof UNIT_MS] / Number(starts);
  return everyMs >= 1_000 / MOST_PER_SECOND ? everyMs : undefined;
}

/** What is wrong with a declared rate limit. */
export function rateLimitProblems(field: string, text: string | undefined): string[] {
  if (text === undefined || parseRateLimit(text) !== undefined) return [];
  return [`${field}: expected ${RATE_LIMIT_FORM}, got "${text}"`];
}
