import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export const HELP = `Runs a fleet under faults, or terminates its workers again and again, and checks afterwards that it kept its promises.

Usage: npm run chaos [-- options]

  --seed N          decides tasks, faults and moments of SIGTERM (default: a random one, printed first)
  --minutes M       how long, from 0.1 to 120 (default 1)
  --terminations N  no faults, but so many SIGTERMs to workers, from 1 to 100000, each started again at once;
                    not with --minutes: it takes as long as it takes
  --found           the seeds that have found something, side by side, each for as long as it took; alone
  --json            one JSON document instead of lines
  --keep            keep state, side logs and what the processes printed, also of a run without violations
  --help

Exit codes: 0 every promise was kept, 1 one was not, 2 the arguments are wrong.

Examples:
  npm run chaos -- --seed 7 --minutes 5
  npm run chaos -- --terminations 1000
  npm run chaos -- --found
`;

export interface ChaosOptions {
  readonly seed: string;
  readonly minutes: number;
  /** SIGTERMs to send, instead of faults for some minutes. */
  readonly terminations: number | undefined;
  /** The seeds that have found something, instead of one. */
  readonly found: boolean;
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
        seed: { type: 'string' },
        minutes: { type: 'string' },
        terminations: { type: 'string' },
        found: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const problem = problemOf(values);
    if (problem !== undefined) return { problem };
    const { seed = String(randomInt(1_000_000)), minutes = '1', terminations } = values;
    return {
      ...values,
      seed,
      minutes: Number(minutes),
      terminations: terminations === undefined ? undefined : Number(terminations),
    };
  } catch (error) {
    return { problem: String(error instanceof Error ? error.message : error) };
  }
}

interface Texts {
  readonly found: boolean;
  readonly seed?: string;
  readonly minutes?: string;
  readonly terminations?: string;
}

function problemOf({ found, ...texts }: Texts): string | undefined {
  const { seed, minutes, terminations } = texts;
  if (found && Object.values({ seed, minutes, terminations }).some((text) => text !== undefined)) {
    return '--found has its own seeds and times: give it alone';
  }
  if (minutes !== undefined && terminations !== undefined) {
    return '--terminations cannot be combined with --minutes: it ends when so many were sent';
  }
  return problemOfNumbers(texts);
}

function problemOfNumbers({ seed = '0', minutes = '1', terminations = '1' }: Omit<Texts, 'found'>) {
  if (!(Number(minutes) >= 0.1 && Number(minutes) <= 120)) {
    return `--minutes: expected 0.1 to 120, got ${minutes}`;
  }
  if (!isCount(terminations)) {
    return `--terminations: expected a whole number from 1 to 100000, got ${terminations}`;
  }
  return /^\d{1,12}$/.test(seed) ? undefined : `--seed: expected a whole number, got ${seed}`;
}

function isCount(text: string): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= 100_000;
}
