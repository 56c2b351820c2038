import { type Fleet, toMilliseconds } from '@taskfleet/toolbox/contract';

/** For tasks that this fleet does not know, such as those of a newer scheduler: the default of `defineTask`. */
const UNKNOWN_RETENTION_MS = toMilliseconds('30d');

/** Milliseconds that a finished task's records stay at least, by the task's name. */
export function retentionOf({ tasks }: Fleet, name: string | undefined): number {
  return tasks.get(name ?? '')?.retentionMs ?? UNKNOWN_RETENTION_MS;
}
