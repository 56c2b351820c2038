import { describe, expect, it } from 'vitest';
import type { SideLogLine } from '../fleet/sideLog.ts';
import type { Life } from './facts.ts';
import { oneHolder } from './oneHolder.ts';
import { LEASE_MS, line, soundFacts } from './sampleFacts.ts';

/** Process 1 begins at 1,000 and says no more; process 2 begins the same task at that time. */
function violations(otherAt: number, said: SideLogLine[] = [], life: Partial<Life> = {}) {
  const sideLog = [
    line('first', { kind: 'begin', at: 1_000 }),
    ...said,
    line('first', { kind: 'begin', at: otherAt, pid: 2, attempt: 2 }),
    line('first', { kind: 'returned', at: otherAt + 50, pid: 2, attempt: 2 }),
  ];
  const [one, two] = soundFacts.lives;
  return oneHolder({ ...soundFacts, sideLog, lives: [{ ...one!, ...life }, two!] });
}

describe('two attempts of a task', () => {
  it('never run at the same time', () => {
    expect(violations(2_000)).toEqual([
      {
        promise: 'never two holders at once',
        what: 'first: attempt 2 began in process 2 at 2000, while attempt 1 ran in process 1 since 1000 (50 ms together)',
      },
    ]);
  });

  it.each(['aborted', 'returned', 'threw'] as const)('may follow once the first has %s', (kind) => {
    const said = [line('first', { kind, at: 1_900 })];
    expect(violations(2_000, said)).toEqual([]);
    expect(violations(1_800, said)).toHaveLength(1);
  });

  it('may follow once the process of the first is dead', () => {
    expect(violations(2_000, [], { endedAt: 1_900 })).toEqual([]);
  });

  it('may follow a suspended process once the lease that it surely had is over', () => {
    const suspensions = [{ from: 1_500, until: 9_000 }];
    expect(violations(1_500 + LEASE_MS / 12, [], { suspensions })).toEqual([]);
    expect(violations(1_500 + LEASE_MS / 12 - 1, [], { suspensions })).toHaveLength(1);
  });

  it('may not follow because of a suspension that was over before it began', () => {
    const suspensions = [{ from: 100, until: 900 }];
    expect(violations(2_000, [], { suspensions })).toHaveLength(1);
  });
});
