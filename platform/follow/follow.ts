import type { TaskId } from '@taskfleet/toolbox/contract';
import type { FamilyPage } from '../reader/index.ts';
import type { SeenTask } from '../signals/index.ts';

/** What becomes of tasks, told while it happens: at once as it is, then whenever it has changed, until the signal aborts. */
export interface Follow {
  /** Throws UnknownIdError. */
  task(id: TaskId, signal: AbortSignal): AsyncIterable<SeenTask>;
  /** All tasks with one root, by the id of any of them: the oldest 500, and the counts of all. Throws UnknownIdError. */
  family(id: TaskId, signal: AbortSignal): AsyncIterable<FamilyPage>;
}

/** Of a family that are told. */
export const MOST_FOLLOWED = 500;
