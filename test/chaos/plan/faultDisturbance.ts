import { setTimeout as sleep } from 'node:timers/promises';
import type { Disturbance } from '../disturbance.ts';
import { injectFaults } from './injectFaults.ts';
import { planFaults } from './planFaults.ts';
import { describeFault, type PlannedFault } from './plannedFault.ts';

export const FAULTY_WORKERS = ['worker-1', 'worker-2', 'worker-3'];

export interface FaultDisturbanceOptions {
  readonly seed: string;
  /** How long tasks are scheduled and faults injected. */
  readonly durationMs: number;
  /** Default: from the seed. */
  readonly plan?: readonly PlannedFault[];
}

/** Faults of every kind, of processes, emulators and what is between them. */
export function faultDisturbance(options: FaultDisturbanceOptions): Disturbance {
  const { seed, durationMs } = options;
  const plan = options.plan ?? planFaults({ seed, durationMs, workers: FAULTY_WORKERS });
  return {
    shape: { workers: FAULTY_WORKERS, isLinked: true, graceSeconds: 3, downWithinMs: 20_000 },
    pace: { pauseMs: [40, 400], slowMs: [1_500, 4_000], groups: ['a', 'b', 'c', 'd'] },
    plan,
    announcement: [`${plan.length} faults in ${durationMs / 1_000} s`, ...plan.map(describeFault)],
    cause: async ({ lab, say }) => {
      const injecting = injectFaults({ ...lab, plan, say: (line) => say(`now ${line}`) });
      await Promise.all([injecting, sleep(durationMs)]);
    },
    figures: () => ({}),
    report: () => [],
  };
}
