import { fieldProblems } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { Principal } from '../../identity/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import type { Wanted } from '../authorize.ts';
import { RequestError } from '../errors.ts';
import { answerAvailability, availabilitySchema } from '../routes/availability.ts';
import { answerDeadLetters } from '../routes/deadLetters.ts';
import { answerFamily, familyQuery, familySchema } from '../routes/families.ts';
import { answerPeriodic, periodicListSchema } from '../routes/periodic.ts';
import { answerQueues, queuesSchema } from '../routes/queues.ts';
import { answerLog, logSchema } from '../routes/taskLog.ts';
import { answerTask, answerTasks, pageSchema } from '../routes/tasks.ts';
import { answerWorker, answerWorkers, workerParams, workersSchema } from '../routes/workers.ts';
import { letterQuery, lettersSchema } from '../schemas/letter.ts';
import { taskQuery } from '../schemas/list.ts';
import { idParams, taskSchema } from '../schemas/task.ts';
import { workerSchema } from '../schemas/worker.ts';

/** A route that reads, as something to be watched. */
export interface Watch {
  readonly permission: Wanted;
  /** The route's own parameters, of path and query. */
  readonly parameters: readonly string[];
  /** What the parameters ask for. Throws RequestError. */
  plan(given: Readonly<Record<string, unknown>>): WatchPlan;
}

export interface WatchPlan {
  /** The parameters, as a text that is the same for the same. */
  readonly asked: string;
  /** Resolves to the JSON that the route answers. Rejects as it refuses. */
  ask(deps: ApiDeps, principal: Principal): Promise<string>;
}

interface WatchOf<Query extends z.ZodObject, Answer extends z.ZodType> {
  readonly permission: Wanted;
  readonly query: Query;
  readonly schema: Answer;
  readonly answer: (
    deps: ApiDeps,
    principal: Principal,
    query: z.output<Query>,
  ) => Promise<z.input<Answer>>;
}

function watch<Query extends z.ZodObject, Answer extends z.ZodType>({
  permission,
  query,
  schema,
  answer,
}: WatchOf<Query, Answer>): Watch {
  return {
    permission,
    parameters: Object.keys(query.shape),
    plan: (given) => {
      const parsed = query.safeParse(given);
      if (!parsed.success) throw new RequestError(fieldProblems(parsed.error));
      return {
        asked: JSON.stringify(parsed.data),
        ask: async (deps, principal) =>
          JSON.stringify(schema.parse(await answer(deps, principal, parsed.data))),
      };
    },
  };
}

const nothing = z.strictObject({});

/** Everything that can be watched, by the name that its events have. */
export const WATCHES: Readonly<Record<string, Watch>> = {
  tasks: watch({
    permission: 'tasks:read',
    query: taskQuery,
    schema: pageSchema,
    answer: answerTasks,
  }),
  task: watch({
    permission: 'tasks:read',
    query: idParams,
    schema: taskSchema,
    answer: answerTask,
  }),
  log: watch({
    permission: 'tasks:read',
    query: idParams,
    schema: logSchema,
    answer: answerLog,
  }),
  family: watch({
    permission: 'tasks:read',
    query: familyQuery.extend(idParams.shape),
    schema: familySchema,
    answer: answerFamily,
  }),
  workers: watch({
    permission: 'fleet:read',
    query: nothing,
    schema: workersSchema,
    answer: answerWorkers,
  }),
  worker: watch({
    permission: 'fleet:read',
    query: workerParams,
    schema: workerSchema,
    answer: async (deps, _principal, query) => answerWorker(deps, query),
  }),
  queues: watch({
    permission: 'fleet:read',
    query: nothing,
    schema: queuesSchema,
    answer: answerQueues,
  }),
  'dead-letters': watch({
    permission: 'fleet:read',
    query: letterQuery,
    schema: lettersSchema,
    answer: async (deps, _principal, query) => answerDeadLetters(deps, query),
  }),
  periodic: watch({
    permission: 'fleet:read',
    query: nothing,
    schema: periodicListSchema,
    answer: answerPeriodic,
  }),
  availability: watch({
    permission: 'identified',
    query: nothing,
    schema: availabilitySchema,
    answer: answerAvailability,
  }),
};
