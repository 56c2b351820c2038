import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFacts } from './check/checkFacts.ts';
import type { Facts, Violation } from './check/facts.ts';
import type { Disturbance } from './disturbance.ts';
import type { BrokenGuard } from './fleet/breakGuard.ts';
import { openLab } from './openLab.ts';

export interface RunOptions {
  readonly seed: string;
  readonly disturbance: Disturbance;
  /** How long everything may take to end afterwards. */
  readonly quietWithinMs: number;
  readonly say: (line: string) => void;
  /** A guard that the workers are to lack, to see that its absence is noticed. */
  readonly brokenGuard?: BrokenGuard;
  /** Keep the folder with state, side logs and what the processes printed also when nothing was violated. */
  readonly keep?: boolean;
}

export interface LabRun {
  readonly disturbance: Disturbance;
  readonly facts: Facts;
  readonly violations: readonly Violation[];
  /** Where everything is, if it was kept. */
  readonly folder: string | undefined;
}

/** One run of the laboratory: processes up, tasks and what disturbs them, quiet, verdict. */
export async function runLab(options: RunOptions): Promise<LabRun> {
  const { seed, disturbance, say } = options;
  const [first, ...rest] = disturbance.announcement;
  for (const line of [`seed ${seed}: ${first}`, ...rest]) say(line);
  const folder = mkdtempSync(join(tmpdir(), 'taskfleet-chaos-'));
  const facts = await runIn(folder, options);
  const violations = checkFacts(facts);
  const isKept = options.keep === true || violations.length > 0;
  if (!isKept) rmSync(folder, { recursive: true });
  return { disturbance, facts, violations, folder: isKept ? folder : undefined };
}

async function runIn(
  folder: string,
  { seed, disturbance, quietWithinMs, say, brokenGuard }: RunOptions,
): Promise<Facts> {
  await using lab = await openLab({ folder, seed, ...disturbance.shape, brokenGuard });
  say('the lab is up');
  const issuing = disturbance.issue({ ...lab, seed });
  try {
    await disturbance.cause({ lab, say, asked: () => issuing.asked });
  } finally {
    issuing.stop();
  }
  const asked = await issuing.answers();
  const { tasks, flows } = asked;
  say(`the disturbance is over; ${tasks.length} tasks and ${flows.length} flows were asked for`);
  const firedUntil = await lab.observer.endFirings(quietWithinMs);
  const isQuiet = await lab.observer.quiet(asked, quietWithinMs);
  say(isQuiet ? 'it is quiet' : `it is not quiet after ${quietWithinMs / 1_000} s`);
  await lab.stopProcesses();
  // Awaited here: the lab is gone with the return.
  return await lab.observer.collect(asked, firedUntil);
}
