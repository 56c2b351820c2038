import type { TaskId } from '@taskfleet/toolbox/contract';
import type { LetterEntry, LetterState } from './entry.ts';

/** A dead letter as people and programs see it. Nothing of the message itself: what in it is secret may be unknown. */
export interface DeadLetter {
  readonly id: TaskId;
  /** Whose dead-letter queue it is in: a worker's name, or `platform`. */
  readonly service: string;
  readonly state: LetterState;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly diedAt: number;
  /** When it was redriven or purged. */
  readonly leftAt?: number;
  /** The message's group in its service's queue. */
  readonly group: string;
  /** The task that the message speaks of, as far as it can be read. */
  readonly taskId?: TaskId;
  /** Task name. */
  readonly task?: string;
  /** Attempts of the task before it died. */
  readonly attempt: number;
}

export function letterView(entry: LetterEntry): DeadLetter {
  const { id, service, state, reason, diedAt, leftAt, groupId, taskId, task, attempt } = entry;
  return {
    id,
    service,
    state,
    reason,
    diedAt,
    group: groupId,
    attempt,
    ...(leftAt !== undefined && { leftAt }),
    ...(taskId !== undefined && { taskId }),
    ...(task !== undefined && { task }),
  };
}
