import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFacts } from './check/checkFacts.ts';
import type { Facts, Violation } from './check/facts.ts';
import { issueTasks } from './issueTasks.ts';
import { openLab } from './openLab.ts';
import { injectFaults } from './plan/injectFaults.ts';
import { planFaults } from './plan/planFaults.ts';
import { describeFault, type PlannedFault } from './plan/plannedFault.ts';

export interface RunOptions {
  readonly seed: string;
  /** How long tasks are scheduled and faults injected. */
  readonly durationMs: number;
  /** How long everything may take to end afterwards. */
  readonly quietWithinMs: number;
  readonly say: (line: string) => void;
  /** A guard that the workers are to lack, to see that its absence is noticed. */
  readonly brokenGuard?: 'claim';
  /** Default: from the seed. */
  readonly plan?: readonly PlannedFault[];
  /** Keep the folder with state, side logs and what the processes printed also when nothing was violated. */
  readonly keep?: boolean;
}

export interface LabRun {
  readonly plan: readonly PlannedFault[];
  readonly facts: Facts;
  readonly violations: readonly Violation[];
  /** Where everything is, if it was kept. */
  readonly folder: string | undefined;
}

export const WORKERS = ['worker-1', 'worker-2', 'worker-3'];

/** One run of the laboratory: processes up, tasks and faults, quiet, verdict. */
export async function runLab(options: RunOptions): Promise<LabRun> {
  const { seed, durationMs, say } = options;
  const plan = options.plan ?? planFaults({ seed, durationMs, workers: WORKERS });
  say(`seed ${seed}: ${plan.length} faults in ${durationMs / 1_000} s`);
  for (const planned of plan) say(describeFault(planned));
  const folder = mkdtempSync(join(tmpdir(), 'taskfleet-chaos-'));
  const facts = await runIn(folder, options, plan);
  const violations = checkFacts(facts);
  const isKept = options.keep === true || violations.length > 0;
  if (!isKept) rmSync(folder, { recursive: true });
  return { plan, facts, violations, folder: isKept ? folder : undefined };
}

async function runIn(
  folder: string,
  { seed, durationMs, quietWithinMs, say, brokenGuard }: RunOptions,
  plan: readonly PlannedFault[],
): Promise<Facts> {
  await using lab = await openLab({ folder, seed, workers: WORKERS, brokenGuard });
  say('the lab is up');
  const [asked] = await Promise.all([
    issueTasks({ schedule: lab.schedule, seed, durationMs }),
    injectFaults({ ...lab, plan, say: (line) => say(`now ${line}`) }),
  ]);
  say(`the faults are over; ${asked.length} tasks were asked for`);
  const isQuiet = await lab.observer.quiet(asked, quietWithinMs);
  say(isQuiet ? 'it is quiet' : `it is not quiet after ${quietWithinMs / 1_000} s`);
  await lab.stopProcesses();
  // Awaited here: the lab is gone with the return.
  return await lab.observer.collect(asked);
}
