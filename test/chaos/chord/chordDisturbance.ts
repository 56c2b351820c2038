import type { Disturbance } from '../disturbance.ts';
import type { Issuing } from '../issueTasks.ts';
import { faultyShape, FAULTY_WORKERS, PLATFORMS } from '../plan/faultDisturbance.ts';
import { injectFaults } from '../plan/injectFaults.ts';
import { planFaults } from '../plan/planFaults.ts';
import { CHORDS_STARTED, startChords } from './startChords.ts';

export interface ChordOptions {
  readonly seed: string;
  /** Of each chord. */
  readonly members: number;
}

/** A run whose chords have not ended by then has lost one. */
const LONGEST_MS = 60 * 60_000;

/** Faults of every kind until chords have ended that were started at once. */
export function chordDisturbance({ seed, members }: ChordOptions): Disturbance {
  const plan = planFaults({
    seed,
    durationMs: LONGEST_MS,
    workers: FAULTY_WORKERS,
    platforms: PLATFORMS,
  });
  let chords: Issuing | undefined;
  let [tookMs, faults] = [0, 0];
  return {
    shape: faultyShape(PLATFORMS),
    issue: (asking) => (chords = startChords(asking, members)),
    plan,
    announcement: [
      `${CHORDS_STARTED} chords of ${members} members, and a fault each second or two until they have ended`,
    ],
    cause: async ({ lab, say }) => {
      const [startedAt, over] = [performance.now(), new AbortController()];
      const injecting = injectFaults({
        ...lab,
        plan,
        signal: over.signal,
        say: (line) => {
          faults += 1;
          say(`now ${line}`);
        },
      });
      const { flows } = await (chords?.answers() ?? Promise.reject(new TypeError('not started')));
      say(`${flows.length} chords were accepted`);
      await lab.observer.flowsEnd(flows, LONGEST_MS);
      over.abort();
      tookMs = performance.now() - startedAt;
      await injecting;
    },
    figures: () => ({ chords: CHORDS_STARTED, members, tookSeconds: seconds(tookMs), faults }),
    report: ({ sideLog }) => {
      const callbacks = sideLog.filter(({ kind, role }) => kind === 'begin' && role === 'callback');
      return [
        `${CHORDS_STARTED} chords of ${members} members ended within ${seconds(tookMs)} s, under ${faults} faults; ` +
          `their callbacks were given ${callbacks.map(({ given = [] }) => given.length).join(', ')} results`,
      ];
    },
  };
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
