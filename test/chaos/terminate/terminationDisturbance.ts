import type { Life } from '../check/facts.ts';
import type { Disturbance } from '../disturbance.ts';
import { startIssuing, type TaskPace } from '../issueTasks.ts';
import { planTerminations } from './planTerminations.ts';
import { countReleased, terminateWorkers } from './terminateWorkers.ts';
import { describeTerminations, terminationFigures } from './terminationFigures.ts';

/** So many that the machine is busy although most of them wait: for a poll, or for their grace. */
const WORKERS = 10;

/** The least there is, but none. */
const GRACE_SECONDS = 1;

/** Grace, a poll, and 4 s for what a busy machine takes for a release and a return. */
const DOWN_WITHIN_MS = 6_000;

const PACE: TaskPace = {
  pauseMs: [40, 200],
  laterPauseMs: [300, 1_500],
  callbackMs: [20, 200],
  // Some end within the grace, some do not.
  slowMs: [200, 2_000],
  // As many as keep up: a step that is tried again holds up its group.
  groups: Array.from({ length: 24 }, (_, i) => `group-${i + 1}`),
};

/** How often the screen says how far it is. */
const NEWS_EVERY = 50;

export interface TerminationOptions {
  readonly seed: string;
  /** SIGTERMs in all, second ones to the same process not counted. */
  readonly count: number;
}

/** SIGTERM to workers again and again, at moments from the seed. Nothing else goes wrong. */
export function terminationDisturbance({ seed, count }: TerminationOptions): Disturbance {
  const workers = Array.from({ length: WORKERS }, (_, i) => `worker-${i + 1}`);
  const plan = planTerminations({ seed, count, workers });
  const terminated: Life[] = [];
  let released = 0;
  return {
    shape: {
      workers,
      platforms: ['platform'],
      isLinked: false,
      graceSeconds: GRACE_SECONDS,
      downWithinMs: DOWN_WITHIN_MS,
    },
    issue: (asking) => startIssuing({ ...asking, pace: PACE }),
    plan: Object.fromEntries(plan),
    announcement: [`${count} terminations of ${WORKERS} workers`],
    cause: async ({ lab: { processes }, say, asked }) => {
      using counted = countReleased(processes.values());
      const onTerminated = (life: Life) => {
        terminated.push(life);
        const n = terminated.length;
        if (n % NEWS_EVERY === 0) say(`${n} of ${count} terminations, ${asked()} tasks asked for`);
      };
      await terminateWorkers({ plan, processes, onTerminated });
      released = counted.n;
    },
    figures: () => ({ ...terminationFigures(terminated), released }),
    report: ({ sideLog }) => [
      ...describeTerminations(terminationFigures(terminated)),
      `attempts released ${released}, aborted ${sideLog.filter(({ kind }) => kind === 'aborted').length}`,
    ],
  };
}
