import { type Clock, systemClock } from '@taskfleet/toolbox/clock';
import { isTaskId, type TaskRecord, UnknownIdError } from '@taskfleet/toolbox/contract';
import { readTasks, type TaskTable } from '@taskfleet/toolbox/table';
import { listTasks, type TaskPage } from './listTasks.ts';
import type { ListRequest } from './planList.ts';

/** Reads what became of tasks. Tasks whose retention is over are unknown. */
export interface Reader {
  /** Throws UnknownIdError for an id that no task has, and for text that is no id. */
  get(id: string): Promise<TaskRecord>;
  /** A page of tasks, newest first. Throws ListRequestError, and UnknownIdError for a family that is not there. */
  list(request: ListRequest): Promise<TaskPage>;
}

export function createReader(table: TaskTable, clock: Pick<Clock, 'now'> = systemClock): Reader {
  return {
    get: async (id) => {
      if (!isTaskId(id)) throw new UnknownIdError(id);
      const [record] = await readTasks(table, [id], { aliveAt: clock.now(), waiting: true });
      if (!record) throw new UnknownIdError(id);
      return record;
    },
    list: async (request) => listTasks({ table, clock }, request),
  };
}
