import { type SeededRandom, seededRandom } from '../seededRandom.ts';

/** One SIGTERM: so long after this. What does not come to pass is not waited for. */
export interface Termination {
  /** `launch`: the operating system began the process; `up`: it said so; `begin`, `returned`: a handler did. */
  readonly after: 'launch' | 'up' | 'begin' | 'returned';
  readonly delayMs: number;
  /** After which a second signal follows, if one does. */
  readonly secondAfterMs?: number;
}

export interface TerminationPlanOptions {
  readonly seed: string;
  readonly count: number;
  readonly workers: readonly string[];
}

/** Where SIGTERM may find a worker, how often, and how long after it at most. */
const MOMENTS = [
  // Before it has handlers for signals, and while it gets them: it starts in some hundred milliseconds.
  { after: 'launch', share: 0.12, mostMs: 400 },
  // In its first receive, which may just be answered.
  { after: 'up', share: 0.2, mostMs: 30 },
  // Anywhere.
  { after: 'up', share: 0.28, mostMs: 700 },
  // While a handler runs.
  { after: 'begin', share: 0.2, mostMs: 100 },
  // While an outcome is recorded and its message deleted, which takes some milliseconds.
  { after: 'returned', share: 0.2, mostMs: 10 },
] as const;

const SECOND_SIGNALS = 0.03;

/** Every SIGTERM for each worker, one process after the other, from the seed alone. Workers get equally many. */
export function planTerminations(
  options: TerminationPlanOptions,
): ReadonlyMap<string, readonly Termination[]> {
  const { seed, count, workers } = options;
  const share = (i: number) => Math.floor((count + workers.length - 1 - i) / workers.length);
  return new Map(
    workers.map((worker, i) => {
      const random = seededRandom(seed, 'terminations', worker);
      return [worker, Array.from({ length: share(i) }, () => draw(random))];
    }),
  );
}

function draw(random: SeededRandom): Termination {
  const { after, mostMs } = drawMoment(random.next());
  const delayMs = Math.round(random.between(0, mostMs));
  if (!random.chance(SECOND_SIGNALS)) return { after, delayMs };
  return { after, delayMs, secondAfterMs: Math.round(random.between(0, 300)) };
}

function drawMoment(dice: number): (typeof MOMENTS)[number] {
  let upTo = 0;
  for (const moment of MOMENTS) if (dice < (upTo += moment.share)) return moment;
  return MOMENTS[0];
}
