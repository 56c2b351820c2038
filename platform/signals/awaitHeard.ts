import type { Clock } from '@taskfleet/toolbox/clock';
import { NotHeardError } from '../errors.ts';
import type { Told } from './giveOrder.ts';
import type { WorkerProcess } from './listProcesses.ts';

const LOOK_EVERY_MS = 500;

export interface AwaitHeardOptions {
  readonly list: (worker: string) => Promise<readonly WorkerProcess[]>;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
}

/**
 * Waits until every process that was told has heard it, or has ended; after a shutdown, until it has ended. One that falls silent is
 * not waited for. Throws NotHeardError.
 */
export async function awaitHeard(
  { list, clock }: AwaitHeardOptions,
  told: Told,
  timeoutMs: number,
): Promise<void> {
  const endsAt = clock.monotonic() + timeoutMs;
  for (;;) {
    const pending = stillPending(told, await list(told.worker));
    if (pending.length === 0) return;
    if (clock.monotonic() >= endsAt) throw new NotHeardError(pending, timeoutMs);
    await clock.sleep(LOOK_EVERY_MS);
  }
}

/** Processes that have not done yet what they were told. Pure. */
export function stillPending(
  { order, revision, processes }: Told,
  now: readonly WorkerProcess[],
): string[] {
  const meant = new Set(processes.map(({ id }) => id));
  return now
    .filter(({ id, lost }) => meant.has(id) && !lost)
    .filter((process) => order.kind === 'shutdown' || process.revision < revision)
    .map(({ id }) => id);
}
