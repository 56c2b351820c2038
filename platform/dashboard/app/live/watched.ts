import type { Availability } from '@taskfleet/toolbox/breaker';
import type { ShownTask } from '../../../api/schemas/task.ts';
import type { LettersPage, PeriodicPage, QueuesPage, WorkersPage } from '../api/fleet.ts';

export interface TaskPage {
  readonly tasks: readonly ShownTask[];
  readonly cursor?: string;
}

export interface Family {
  readonly root: string;
  readonly state: ShownTask['state'];
  readonly counts: Readonly<Partial<Record<ShownTask['state'], number>>>;
  readonly tasks: readonly ShownTask[];
  readonly cursor?: string;
}

/** What can be watched, and what is told of it. */
export interface Watched {
  readonly tasks: TaskPage;
  readonly task: ShownTask;
  readonly family: Family;
  readonly workers: WorkersPage;
  readonly queues: QueuesPage;
  readonly 'dead-letters': LettersPage;
  readonly periodic: PeriodicPage;
  readonly availability: Availability;
}

export type Watch = keyof Watched;

/** Where the same is read once. */
export function pathOf(watch: Watch, id: string | undefined): string {
  if (watch === 'task') return `/api/tasks/${encodeURIComponent(id ?? '')}`;
  if (watch === 'family') return `/api/families/${encodeURIComponent(id ?? '')}`;
  return `/api/${watch}`;
}
