import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runLab } from '../runLab.ts';
import { describeVerdict } from '../verdict.ts';
import { terminationDisturbance } from './terminationDisturbance.ts';

const COUNT = 20;
const SEED = '11';

const run = () => ({
  seed: SEED,
  disturbance: terminationDisturbance({ seed: SEED, count: COUNT }),
  quietWithinMs: 20_000,
  say: () => undefined,
});

describe('a fleet whose workers are terminated again and again', { timeout: 60_000 }, () => {
  it('keeps every promise', async () => {
    const ran = await runLab(run());
    expect(describeVerdict(SEED, ran)).toContain(`seed ${SEED}: every promise was kept`);
    expect(ran.disturbance.figures(ran.facts)).toMatchObject({ terminations: COUNT, overdue: 0 });
    expect(ran.facts.asked.length).toBeGreaterThan(COUNT);
  });

  it('is seen to lose tasks when a stopping worker deletes what it should return', async () => {
    // Longer than a lease: what is missing then is lost, and not only late.
    const ran = await runLab({ ...run(), quietWithinMs: 10_000, brokenGuard: 'return' });
    if (ran.folder !== undefined) rmSync(ran.folder, { recursive: true });
    const promises = ran.violations.map(({ promise }) => promise);
    expect(promises).toContain('no acknowledged task is lost');
  });
});
