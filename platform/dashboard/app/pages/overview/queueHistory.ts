import { withQuery } from '../../api/request.ts';
import { type Asked, useAsked } from '../../api/useAsked.ts';
import { boundsOf, REFRESH_MS, type WindowName } from './statistics.ts';

/** The most of each at any look of a step. */
export interface DepthPoint {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly deadLetters: number;
  /** Null where nobody knows. */
  readonly oldestMs: number | null;
}

export interface QueueHistory {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  readonly services: readonly {
    readonly service: string;
    /** Null where nobody looked. */
    readonly points: readonly (DepthPoint | null)[];
  }[];
}

/** What was in the queues in a time that ends now: of all services, or of a task's worker. */
export function useQueueHistory(window: WindowName, task: string | undefined): Asked<QueueHistory> {
  const service = task?.split('.', 1)[0];
  const path = withQuery('/api/queues/history', { ...boundsOf(window), service });
  return useAsked<QueueHistory>(path, REFRESH_MS);
}
