import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LINK_FAULTS } from './faults/linkFault.ts';
import { FAULTY_WORKERS, faultDisturbance, platformsIn } from './plan/faultDisturbance.ts';
import { planFaults } from './plan/planFaults.ts';
import type { PlannedFault } from './plan/plannedFault.ts';
import { type LabRun, type RunOptions, runLab } from './runLab.ts';
import { describeVerdict } from './verdict.ts';

const DURATION_MS = 8_000;

/** Seeds of short runs that between them have every kind of fault. A seed that finds something is added here. */
const SEEDS = ['572', '1478'];

const quietly: Pick<RunOptions, 'quietWithinMs' | 'say'> = {
  quietWithinMs: 60_000,
  say: () => undefined,
};

/** Of the deletes of what has been done, with all their retries, about half fail. */
const cannotDelete: readonly PlannedFault[] = FAULTY_WORKERS.map((process) => ({
  kind: 'link',
  process,
  service: 'sqs',
  fault: { kind: 'reset', rate: 0.8, ms: 0 },
  atMs: 500,
  lastsMs: 4_500,
}));

const withoutDeletes: RunOptions = {
  ...quietly,
  seed: '1',
  disturbance: faultDisturbance({ seed: '1', durationMs: 5_000, plan: cannotDelete }),
};

describe('a fleet under faults', { timeout: 120_000 }, () => {
  it.each(SEEDS)('keeps every promise, seed %s', async (seed) => {
    const disturbance = faultDisturbance({ seed, durationMs: DURATION_MS });
    const run = await runLab({ ...quietly, seed, disturbance });
    expect(run.violations, describeVerdict(seed, run)).toEqual([]);
    expect(run.facts.asked.length).toBeGreaterThan(10);
  });

  it('is seen to break its promises when claims lack their condition', async () => {
    const run = await runLab({ ...withoutDeletes, brokenGuard: 'claim' });
    forget(run);
    const promises = run.violations.map(({ promise }) => promise);
    expect(promises).toContain('never again after the terminal state');
    expect(promises).toContain('exactly one terminal state');
  });

  it('keeps them under the same faults when claims have it', async () => {
    const run = await runLab(withoutDeletes);
    expect(run.violations, describeVerdict('1', run)).toEqual([]);
  });
});

/** These violations were wanted. */
function forget({ folder }: LabRun): void {
  if (folder !== undefined) rmSync(folder, { recursive: true });
}

describe('the fixed seeds', () => {
  it('have faults of every process, and most faults of a link', () => {
    const faults = SEEDS.flatMap((seed) =>
      planFaults({
        seed,
        durationMs: DURATION_MS,
        workers: FAULTY_WORKERS,
        platforms: platformsIn(DURATION_MS),
      }),
    );
    const kinds = faults.map((planned) => ('fault' in planned ? planned.fault.kind : planned.kind));
    for (const kind of ['kill', 'suspend', 'terminate']) expect(kinds).toContain(kind);
    const onLinks = LINK_FAULTS.filter((kind) => kinds.includes(kind));
    expect(onLinks.length).toBeGreaterThanOrEqual(4);
  });
});
