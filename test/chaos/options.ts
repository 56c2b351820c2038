import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export const HELP = `Runs a fleet under faults, and checks afterwards that it kept its promises.

Usage: npm run chaos [-- options]

  --seed N      decides tasks and faults (default: a random one, printed first)
  --minutes M   how long, from 0.1 to 120 (default 1)
  --json        one JSON document instead of lines
  --keep        keep state, side logs and what the processes printed, also of a run without violations
  --help

Exit codes: 0 every promise was kept, 1 one was not, 2 the arguments are wrong.

Example: npm run chaos -- --seed 7 --minutes 5
`;

export interface ChaosOptions {
  readonly seed: string;
  readonly minutes: number;
  readonly json: boolean;
  readonly keep: boolean;
  readonly help: boolean;
}

/** The options, or what is wrong with the arguments. */
export function readOptions(args: readonly string[]): ChaosOptions | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: String(randomInt(1_000_000)) },
        minutes: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const minutes = Number(values.minutes);
    if (!(minutes >= 0.1 && minutes <= 120)) {
      return { problem: `--minutes: expected 0.1 to 120, got ${values.minutes}` };
    }
    if (!/^\d{1,12}$/.test(values.seed)) {
      return { problem: `--seed: expected a whole number, got ${values.seed}` };
    }
    return { ...values, minutes };
  } catch (error) {
    return { problem: String(error instanceof Error ? error.message : error) };
  }
}
