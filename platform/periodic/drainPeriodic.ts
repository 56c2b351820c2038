import { Entries } from './entries.ts';
import { firePeriodic, type FiringOptions } from './firePeriodic.ts';
import { syncPeriodic } from './syncPeriodic.ts';

export type PeriodicDrainOptions = Omit<FiringOptions, 'entries'>;

/**
 * What whoever leads does, again and again, about periodic tasks. It begins with bringing the table in line with the code: while a
 * deployment replaces one version by another, the last to take the lead is of the new one.
 */
export function drainPeriodic(options: PeriodicDrainOptions): () => Promise<void> {
  const told = new Set<string>();
  const entries = new Entries(options.table, options.clock, (key) => {
    if (told.has(key)) return;
    told.add(key);
    options.log.event('periodic.refused', { periodic: key, error: 'it is of an unknown form' });
  });
  let isInSync = false;
  return async () => {
    if (!options.goesOn()) isInSync = false;
    else if (!isInSync) {
      await syncPeriodic({ ...options, entries });
      isInSync = true;
    }
    if (isInSync) await firePeriodic({ ...options, entries });
  };
}
