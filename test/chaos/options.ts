import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

export const HELP = `Runs a fleet under faults, or terminates its workers again and again, and checks afterwards that it kept its promises.

Usage: npm run chaos [-- options]

  --seed N          decides tasks, faults and moments of SIGTERM (default: a random one, printed first)
  --minutes M       how long, from 0.1 to 120 (default 1)
  --terminations N  no faults, but so many SIGTERMs to workers, from 1 to 100000, each started again at once;
                    it takes as long as it takes
  --chord N         faults until three chords of N members each have ended, from 1 to 10000
  --found           the seeds that have found something, side by side, each for as long as it took; alone
  --json            one JSON document instead of lines
  --keep            keep state, side logs and what the processes printed, also of a run without violations
  --help

Exit codes: 0 every promise was kept, 1 one was not, 2 the arguments are wrong.

Examples:
  npm run chaos -- --seed 7 --minutes 5
  npm run chaos -- --terminations 1000
  npm run chaos -- --chord 10000
  npm run chaos -- --found
`;

export interface ChaosOptions {
  readonly seed: string;
  readonly minutes: number;
  /** SIGTERMs to send, instead of faults for some minutes. */
  readonly terminations: number | undefined;
  /** Members of each chord that is to end under faults, instead of faults for some minutes. */
  readonly chord: number | undefined;
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
        chord: { type: 'string' },
        found: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const problem = problemOf(values);
    if (problem !== undefined) return { problem };
    const { seed = String(randomInt(1_000_000)), minutes = '1', terminations, chord } = values;
    return {
      ...values,
      seed,
      minutes: Number(minutes),
      terminations: terminations === undefined ? undefined : Number(terminations),
      chord: chord === undefined ? undefined : Number(chord),
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
  readonly chord?: string;
}

function problemOf({ found, ...texts }: Texts): string | undefined {
  const { seed, minutes, terminations, chord } = texts;
  const given = { seed, minutes, terminations, chord };
  if (found && Object.values(given).some((text) => text !== undefined)) {
    return '--found has its own seeds and times: give it alone';
  }
  const ends = Object.entries({ minutes, terminations, chord }).filter(
    ([, text]) => text !== undefined,
  );
  if (ends.length > 1) {
    const [one, other] = ends.map(([name]) => `--${name}`);
    return `${one} cannot be combined with ${other}: each says when the run ends`;
  }
  return problemOfNumbers(texts);
}

function problemOfNumbers(texts: Omit<Texts, 'found'>): string | undefined {
  const { seed = '0', minutes = '1', terminations = '1', chord = '1' } = texts;
  if (!(Number(minutes) >= 0.1 && Number(minutes) <= 120)) {
    return `--minutes: expected 0.1 to 120, got ${minutes}`;
  }
  if (!isCount(terminations, 100_000)) {
    return `--terminations: expected a whole number from 1 to 100000, got ${terminations}`;
  }
  if (!isCount(chord, 10_000)) {
    return `--chord: expected a whole number from 1 to 10000, got ${chord}`;
  }
  return /^\d{1,12}$/.test(seed) ? undefined : `--seed: expected a whole number, got ${seed}`;
}

function isCount(text: string, most: number): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
}
