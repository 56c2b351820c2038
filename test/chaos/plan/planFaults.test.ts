import { describe, expect, it } from 'vitest';
import { planFaults } from './planFaults.ts';

const workers = ['worker-1', 'worker-2'];
const platforms = ['platform-1', 'platform-2'];
const plan = (seed: string, durationMs = 600_000) =>
  planFaults({ seed, durationMs, workers, platforms });

describe('the plan of faults', () => {
  it('follows from the seed alone', () => {
    expect(plan('7')).toEqual(plan('7'));
    expect(plan('7')).not.toEqual(plan('8'));
  });

  it('has every kind of fault', () => {
    const kinds = new Set(plan('7').map(({ kind }) => kind));
    const all = ['kill', 'terminate', 'suspend', 'restartEmulator', 'partition', 'link'];
    expect([...kinds].toSorted()).toEqual(all.toSorted());
  });

  it('is over with the run, but for suspensions, which outlast a lease', () => {
    const faults = plan('7', 20_000);
    const suspended = faults.filter(({ kind }) => kind === 'suspend');
    expect(suspended.filter(({ lastsMs }) => lastsMs < 6_000)).toEqual([]);
    const others = faults.filter(({ kind }) => kind !== 'suspend');
    expect(others.filter(({ atMs, lastsMs }) => atMs + lastsMs > 20_000)).toEqual([]);
  });

  it('strikes no process that is already struck', () => {
    const struck = plan('7').flatMap((fault) =>
      fault.kind === 'kill' || fault.kind === 'suspend' ? fault : [],
    );
    for (const worker of workers) {
      const own = struck.filter((fault) => fault.process === worker);
      const gaps = own.slice(1).map(({ atMs }, i) => atMs - own[i]!.atMs - own[i]!.lastsMs);
      expect(gaps.filter((gap) => gap < 0)).toEqual([]);
    }
  });
});
