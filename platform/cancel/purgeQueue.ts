import type { Clock } from '@taskfleet/toolbox/clock';
import { findTask } from '@taskfleet/toolbox/contract';
import { createReader } from '../reader/index.ts';
import { findWorker } from '../signals/index.ts';
import { type CancelOptions, cancelQueued } from './cancelTask.ts';

export interface PurgeOptions extends CancelOptions {
  readonly clock: Pick<Clock, 'now' | 'sleep' | 'random'>;
}

/** What is to be purged. */
export interface PurgeRequest {
  readonly worker: string;
  /** Only tasks of this name. */
  readonly task?: string | undefined;
  /** Where the call before ended. */
  readonly cursor?: string | undefined;
}

export interface Purged {
  readonly ids: readonly string[];
  /** For the next call; not there when nothing is left. What is scheduled after the first call is not purged. */
  readonly cursor?: string | undefined;
}

/** Tasks of one call, and of those as many at a time. */
const PAGE = 500;
const AT_ONCE = 10;

/**
 * Cancels tasks of a worker that wait in its queue and have not begun, the newest first. Their messages stay until somebody receives
 * them, and run nothing. What has begun goes on, and what waits for its time stays. Throws UnknownServiceError and UnknownTaskError.
 */
export async function purgeQueue(
  options: PurgeOptions,
  request: PurgeRequest,
  by: string,
): Promise<Purged> {
  const { task } = request;
  const worker = findWorker(options.fleet, request.worker).name;
  if (task !== undefined) findTask(options.fleet, task);
  const reader = createReader(options.table, options.clock);
  const { cursor } = request;
  const page = await reader.list({ state: 'queued', worker, task, cursor, limit: PAGE });
  const purged: string[] = [];
  for (let start = 0; start < page.tasks.length; start += AT_ONCE) {
    const some = page.tasks.slice(start, start + AT_ONCE).map(async ({ id }) => {
      return (await cancelQueued(options, id, by)) ? [id] : [];
    });
    purged.push(...(await Promise.all(some)).flat());
  }
  return { ids: purged, cursor: page.cursor };
}
