import { setTimeout as sleep } from 'node:timers/promises';
import { chord, group, into, PublishError, signature } from '@taskfleet/toolbox/contract';
import type { AskedFlow } from '../check/facts.ts';
import { gather, gone, member, regret } from '../fleet/labFleet.ts';
import type { Asking, Issuing } from '../issueTasks.ts';
import { type SeededRandom, seededRandom } from '../seededRandom.ts';

/** What becomes of the members: all succeed; some fail, and one dies; one dies, and takes the others with it. The last is smaller. */
const CHORDS = [
  { share: 1, failure: 'failFast', failing: 0, dying: 0 },
  { share: 1, failure: 'allSettled', failing: 0.02, dying: 1 },
  { share: 0.1, failure: 'failFast', failing: 0, dying: 1 },
] as const;

export const CHORDS_STARTED = CHORDS.length;

const TRY_AGAIN_MS = 500;

/** Starts chords of so many members each, each until it is accepted. */
export function startChords({ start, seed }: Asking, members: number): Issuing {
  const stopping = new AbortController();
  const random = seededRandom(seed, 'chords');
  const flows = CHORDS.map(async ({ share, ...how }, i): Promise<AskedFlow> => {
    const n = (i + 1) * 100_000;
    const size = Math.ceil(members * share);
    const canvas = chord(
      membersOf(random, { n, size, ...how }),
      into(gather, 'results', { n, ms: 500 }),
    );
    // By its key: an answer that is lost starts none a second time.
    const options = { onFailure: into(regret, 'failure', { n }), idempotencyKey: `chord ${i}` };
    const about = { n, failure: how.failure, links: 0, size };
    for (;;) {
      try {
        const { id } = await start(canvas, options);
        return { ...about, id, answer: 'acknowledged' };
      } catch (error) {
        if (!(error instanceof PublishError)) throw error;
        if (stopping.signal.aborted) return { ...about, id: error.id, answer: 'rejected' };
        await sleep(TRY_AGAIN_MS);
      }
    }
  });
  // Awaited later; a defect must not end the process before that.
  for (const flow of flows) flow.catch(() => undefined);
  return {
    asked: CHORDS.length,
    stop: () => stopping.abort(),
    answers: async () => ({ tasks: [], flows: await Promise.all(flows) }),
  };
}

interface Members {
  /** Of the flow; those of its members follow. */
  readonly n: number;
  readonly size: number;
  readonly failure: AskedFlow['failure'];
  readonly failing: number;
  readonly dying: number;
}

function membersOf(random: SeededRandom, { n, size, failure, failing, dying }: Members) {
  const dead = new Set(Array.from({ length: dying }, () => random.whole(0, size - 1)));
  const all = Array.from({ length: size }, (_, index) =>
    signature(dead.has(index) ? gone : member, {
      n: n + 1 + index,
      stage: 0,
      index,
      ms: random.whole(1, 30),
      fails: random.chance(failing),
    }),
  );
  return group(all, { failure });
}
