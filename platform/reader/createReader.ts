import { type Clock, systemClock } from '@taskfleet/toolbox/clock';
import { isTaskId, UnknownIdError } from '@taskfleet/toolbox/contract';
import { readTasks, type TaskTable } from '@taskfleet/toolbox/table';
import { markLost, type SeenTask } from '../signals/index.ts';
import { listTasks, type TaskPage } from './listTasks.ts';
import { type FamilyPage, type FamilyRequest, readFamily } from './readFamily.ts';
import { type LogPage, type LogRequest, readTaskLog } from './readTaskLog.ts';
import type { ListRequest } from './planList.ts';

/** Reads what became of tasks. Tasks whose retention is over are unknown. */
export interface Reader {
  /** Throws UnknownIdError for an id that no task has, and for text that is no id. */
  get(id: string): Promise<SeenTask>;
  /**
   * What the task's handler has said last, also after its end; nothing for a task that nobody knows. Throws UnknownIdError for text that is
   * no id, and ListRequestError for its cursor.
   */
  log(request: LogRequest): Promise<LogPage>;
  /** All tasks with one root, by the id of any of them. Throws UnknownIdError, and ListRequestError for its cursor. */
  family(request: FamilyRequest): Promise<FamilyPage>;
  /** A page of tasks, newest first. Throws ListRequestError, and UnknownIdError for a family that is not there. */
  list(request: ListRequest): Promise<TaskPage>;
}

/** `now` is compared with the times at which workers' processes say that they live. */
export type ReaderClock = Pick<Clock, 'now' | 'sleep' | 'random'>;

export function createReader(table: TaskTable, clock: ReaderClock = systemClock): Reader {
  return {
    get: async (id) => {
      if (!isTaskId(id)) throw new UnknownIdError(id);
      const [record] = await readTasks(table, [id], { aliveAt: clock.now(), waiting: true });
      if (!record) throw new UnknownIdError(id);
      const [seen = record] = await markLost({ table, clock }, [record]);
      return seen;
    },
    log: async (request) => readTaskLog(table, request),
    family: async (request) => readFamily({ table, clock }, request),
    list: async (request) => listTasks({ table, clock }, request),
  };
}
