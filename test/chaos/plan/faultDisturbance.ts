import { setTimeout as sleep } from 'node:timers/promises';
import type { Disturbance } from '../disturbance.ts';
import type { LabShape } from '../openLab.ts';
import { startIssuing, type TaskPace } from '../issueTasks.ts';
import { injectFaults } from './injectFaults.ts';
import { planFaults } from './planFaults.ts';
import { describeFault, type PlannedFault } from './plannedFault.ts';

export const FAULTY_WORKERS = ['worker-1', 'worker-2', 'worker-3'];

export const PLATFORMS = ['platform-1', 'platform-2', 'platform-3'];

/** A run shorter than this has one replica: the second would need longer to take the lead. */
const LONG_RUN_MS = 60_000;

export interface FaultDisturbanceOptions {
  readonly seed: string;
  /** How long tasks are scheduled and faults injected. */
  readonly durationMs: number;
  /** Default: from the seed. */
  readonly plan?: readonly PlannedFault[];
}

export function platformsIn(durationMs: number): readonly string[] {
  return durationMs < LONG_RUN_MS ? PLATFORMS.slice(0, 1) : PLATFORMS;
}

/** Every process behind links of its own, each as it is in production but for the times. */
export function faultyShape(platforms: readonly string[]): LabShape {
  return {
    workers: FAULTY_WORKERS,
    platforms,
    isLinked: true,
    graceSeconds: 3,
    downWithinMs: 20_000,
  };
}

/** Faults of every kind, of processes, emulators and what is between them. */
export function faultDisturbance(options: FaultDisturbanceOptions): Disturbance {
  const { seed, durationMs } = options;
  const platforms = platformsIn(durationMs);
  const plan = options.plan ?? planFaults({ seed, durationMs, workers: FAULTY_WORKERS, platforms });
  const pace: TaskPace = {
    pauseMs: [40, 400],
    laterPauseMs: [300, 1_500],
    // Beyond a lease: what comes back then finds its flow open.
    callbackMs: [20, durationMs < LONG_RUN_MS ? 200 : 8_000],
    slowMs: [1_500, 4_000],
    groups: ['a', 'b', 'c', 'd'],
  };
  return {
    shape: faultyShape(platforms),
    issue: (asking) => startIssuing({ ...asking, pace }),
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
