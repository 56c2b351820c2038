import { ConfigError } from '../errors.ts';

/** When a breaker opens and when it looks again. Every number is whole. */
export interface BreakerOptions {
  /** Milliseconds that a call may take, the SDK's own retries included; then it is aborted and counts as failed. Default 5,000; 10 to 60,000. */
  readonly timeoutMs: number;
  /** Opens when more than this share of the calls in the window failed. Default 50 %; 1 to 99. */
  readonly errorPercentage: number;
  /**
   * Fewest calls in the window before the breaker may open. So many timeouts in a row open it whatever the window says.
   * Default 3; 1 to 1,000.
   */
  readonly volumeThreshold: number;
  /** Milliseconds for which a call is counted. Default 30,000; 1,000 to 600,000. Make it several timeouts long: else slow failures never add up to the volume. */
  readonly rollingWindowMs: number;
  /** Milliseconds between two looks while open, spread by a fifth to both sides. Default 5,000; 50 to 300,000. */
  readonly probeIntervalMs: number;
}

export const BREAKER_DEFAULTS: BreakerOptions = Object.freeze({
  timeoutMs: 5_000,
  errorPercentage: 50,
  volumeThreshold: 3,
  rollingWindowMs: 30_000,
  probeIntervalMs: 5_000,
});

const BOUNDS = {
  timeoutMs: [10, 60_000],
  errorPercentage: [1, 99],
  volumeThreshold: [1, 1_000],
  rollingWindowMs: [1_000, 600_000],
  probeIntervalMs: [50, 300_000],
} as const satisfies Record<keyof BreakerOptions, readonly [least: number, most: number]>;

const NAMES = Object.keys(BOUNDS) as (keyof BreakerOptions)[];

/** The options with their defaults, frozen. Throws ConfigError that names everything out of bounds. */
export function breakerOptions(name: string, given: Partial<BreakerOptions> = {}): BreakerOptions {
  const options = { ...BREAKER_DEFAULTS, ...given };
  const problems = NAMES.filter((option) => !isWithin(options[option], BOUNDS[option])).map(
    (option) =>
      `breaker "${name}", ${option}: expected a whole number from ${BOUNDS[option].join(' to ')}, got ${options[option]}`,
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(options);
}

function isWithin(value: number, [least, most]: readonly [number, number]): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
