import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@taskfleet/toolbox/clock';
import { type Fleet, nextTime, type PeriodicTask } from '@taskfleet/toolbox/contract';
import type { Entries } from './entries.ts';
import { type PeriodicEntry, ruleOf } from './entry.ts';

export interface SyncOptions {
  readonly fleet: Pick<Fleet, 'periodic'>;
  readonly entries: Entries;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Has the table hold what the code declares. What is paused stays so, what was added at run time stays, and only a rule whose timing has
 * changed counts from now. Doing it twice changes nothing. Rejects when the table does.
 */
export async function syncPeriodic(options: SyncOptions): Promise<void> {
  const { fleet, entries } = options;
  for (const periodic of fleet.periodic.values()) {
    // Somebody may write in between: then it is looked at again.
    while (!(await declare(options, periodic)));
  }
  for (const entry of await entries.list()) {
    const isGone = entry.origin === 'declared' && !fleet.periodic.has(entry.name);
    if (isGone) await removeDeclared(entries, entry);
  }
}

async function declare({ entries, clock }: SyncOptions, periodic: PeriodicTask): Promise<boolean> {
  const { name, timing } = periodic;
  const rule = ruleOf(periodic);
  const before = await entries.get(name);
  const dueAt = nextTime(timing, clock.now());
  if (!before) return entries.add({ name, rule, origin: 'declared', dueAt });
  if (before.origin === 'declared' && isDeepStrictEqual(before.rule, rule)) return true;
  const isSameTiming = isDeepStrictEqual(before.rule.timing, timing);
  return entries.replace(before, {
    rule,
    origin: 'declared',
    dueAt: isSameTiming ? before.dueAt : dueAt,
    problem: undefined,
  });
}

async function removeDeclared(entries: Entries, listed: PeriodicEntry): Promise<void> {
  let entry: PeriodicEntry | undefined = listed;
  while (entry?.origin === 'declared' && !(await entries.remove(entry))) {
    entry = await entries.get(listed.name);
  }
}
