import type { Clock } from '@taskfleet/toolbox/clock';
import { type Fleet, TaskfleetError, UnavailableError } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import { publishFiring, type Publisher } from '@taskfleet/toolbox/schedule';
import type { TaskTable } from '@taskfleet/toolbox/table';
import type { Entries } from './entries.ts';
import { type PeriodicEntry, periodicOf } from './entry.ts';
import { type FiringEnd, lastFirings } from './lastFirings.ts';
import { planFiring } from './planFiring.ts';

export interface FiringOptions {
  readonly fleet: Fleet;
  readonly entries: Entries;
  /** Where unique tasks are known. */
  readonly table: TaskTable;
  readonly publisher: Pick<Publisher, 'publish' | 'availability'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'event'>;
  /** Aborts when this process is to publish nothing more. */
  readonly stopping: AbortSignal;
  /** Asked before each page, and each firing. */
  readonly goesOn: () => boolean;
}

/** How long before its time a firing is prepared: it is then on time, and not at the next look. */
const AHEAD_MS = 500;

/**
 * Publishes what periodic tasks are due, or soon will be, and has each wait for its next time. A firing that is published twice,
 * because this process died before it said so or two think that they lead, runs once: it has one id. Rejects when the table does.
 */
export async function firePeriodic(options: FiringOptions): Promise<void> {
  const { entries, publisher, clock } = options;
  while (options.goesOn() && publisher.availability().available) {
    const due = await entries.due(clock.now() + AHEAD_MS);
    const ends = await Promise.all(due.map(async (entry) => fireAtItsTime(options, entry)));
    if (!ends.includes('fired')) return;
  }
}

/** `left`: it was changed since it was read, or cannot be published now. */
async function fireAtItsTime(
  options: FiringOptions,
  read: PeriodicEntry,
): Promise<'fired' | 'left'> {
  const { entries, clock, stopping } = options;
  const leftMs = read.dueAt - clock.now();
  if (leftMs > 0) await clock.sleep(leftMs, stopping).catch(() => undefined);
  if (!options.goesOn()) return 'left';
  const entry = await entries.get(read.name);
  if (entry?.version !== read.version) return 'left';
  const change = await fire(options, entry);
  return change && (await entries.replace(entry, change)) ? 'fired' : 'left';
}

/** Publishes what is to be. Resolves to what changes in the entry; undefined when the topic does not answer. */
async function fire(
  options: FiringOptions,
  entry: PeriodicEntry,
): Promise<Partial<PeriodicEntry> | undefined> {
  const { fleet, clock, log } = options;
  const { name, dueAt } = entry;
  const { times, next } = planFiring(entry.rule, dueAt, clock.now());
  try {
    const periodic = periodicOf(fleet, entry);
    const ends = await Promise.all(
      times.map(async (at): Promise<FiringEnd> => {
        const { id, isDuplicate } = await publishFiring(options, periodic, at);
        return { at, id, isDuplicate };
      }),
    );
    for (const { at, id, isDuplicate } of ends) {
      log.event(isDuplicate ? 'periodic.skipped' : 'periodic.fired', { id, periodic: name, at });
    }
    return { dueAt: next, problem: undefined, ...lastFirings(ends) };
  } catch (error) {
    if (error instanceof UnavailableError) return undefined;
    if (!(error instanceof TaskfleetError)) throw error;
    log.event('periodic.refused', { periodic: name, error: error.message });
    return { dueAt: next, problem: error.message };
  }
}
