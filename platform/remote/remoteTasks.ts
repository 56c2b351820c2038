import type { Clock } from '@taskfleet/toolbox/clock';
import {
  isFlowId,
  isTaskId,
  type Json,
  type ScheduleOptions,
  type TaskId,
  type TaskRecord,
  UnknownIdError,
} from '@taskfleet/toolbox/contract';
import { pollUntilEnd } from '@taskfleet/toolbox/schedule';
import { z } from 'zod';
import type { FleetAccess } from '../access/index.ts';
import { familySchema } from '../api/routes/families.ts';
import { logSchema } from '../api/routes/taskLog.ts';
import { pageSchema } from '../api/routes/tasks.ts';
import { taskSchema } from '../api/schemas/task.ts';
import { type Follow, MOST_FOLLOWED } from '../follow/index.ts';
import { isUnknownId } from '../isUnknownId.ts';
import {
  checkRequest,
  type FamilyPage,
  type LogPage,
  type Reader,
  type TaskPage,
} from '../reader/index.ts';
import type { SeenTask } from '../signals/index.ts';
import type { ApiClient } from './apiClient.ts';
import { throwUnlessTheirName } from './throwUnlessTheirName.ts';
import { watchChanges } from './watchChanges.ts';

const idAnswer = z.object({ id: z.custom<TaskId>((id) => typeof id === 'string' && isTaskId(id)) });
const idsAnswer = z.object({ ids: z.array(z.string()) });
const becameAnswer = z.object({ became: z.enum(['cancelled', 'asked']) });
const dueAnswer = z.object({ dueAt: z.int() });
const outputAnswer = z.object({ output: z.json().optional() });

type Changes = Pick<
  FleetAccess,
  'schedule' | 'cancel' | 'cancelFlow' | 'cancelFamily' | 'reschedule' | 'retry'
>;
type Reads = Pick<FleetAccess, 'reader' | 'outputOf' | 'awaitEnd' | 'follow'>;

/** Tasks over the API. Who asks is who the token says: the names that callers give are not sent. */
export function remoteTasks(client: ApiClient, clock: Clock): Changes & Reads {
  const reader = readerOf(client);
  return {
    ...changesOf(client, clock),
    reader,
    outputOf: async (record) => outputOf(client, record),
    awaitEnd: async (options) =>
      pollUntilEnd({ ...options, clock }, async () => known(reader, options.id)),
    follow: followOver(client, clock),
  };
}

function changesOf(client: ApiClient, clock: Pick<Clock, 'now'>): Changes {
  const change = async <Answer extends z.ZodType>(
    action: string,
    { id, what, body = {}, schema }: Change<Answer>,
  ) => {
    // A path that others mean must not come of what is no id.
    if (!isTaskId(id)) throw new UnknownIdError(id);
    return client.ask({ method: 'POST', path: `/api/tasks/${id}/${what}`, body, schema, action });
  };
  const family = async (action: string, id: string) => {
    const { ids } = await change(action, { id, what: 'family/cancel', schema: idsAnswer });
    return ids;
  };
  return {
    schedule: async (task, input, options = {}) => {
      if (options.creator !== undefined) await throwUnlessTheirName(client, options.creator);
      return client.ask({
        method: 'POST',
        path: '/api/tasks',
        body: { task: task.name, input, options: optionsBody(options, clock.now()) },
        schema: idAnswer,
        action: 'schedule the task',
        // Scheduled again with its key, the task runs only once.
        isRepeatable: options.idempotencyKey !== undefined,
      });
    },
    cancel: async (_fleet, id) => {
      const given = { id, what: 'cancel', schema: becameAnswer };
      return (await change('cancel the task', given)).became;
    },
    cancelFlow: async (_fleet, id) => family('cancel the flow', id),
    cancelFamily: async (_fleet, id) => family('cancel the family', id),
    reschedule: async (id, body) => {
      const given = { id, what: 'reschedule', body, schema: dueAnswer };
      return (await change('reschedule the task', given)).dueAt;
    },
    retry: async (_fleet, { id }, { input, options = {} }) => {
      const body = { input, options: optionsBody(options, clock.now()) };
      return (await change('schedule the task', { id, what: 'retry', body, schema: idAnswer })).id;
    },
  };
}

const following = (id: TaskId, signal: AbortSignal) => ({
  action: `follow task ${id}, which goes on`,
  signal,
});

function followOver(client: ApiClient, clock: Pick<Clock, 'sleep'>): Follow {
  return {
    task: (id, signal) => {
      const watching = {
        query: { watch: 'task', id },
        schema: taskSchema,
        ...following(id, signal),
      };
      return watchChanges(client, clock, watching) as AsyncIterable<SeenTask>;
    },
    family: (id, signal) => {
      const query = { watch: 'family', id, limit: MOST_FOLLOWED };
      const watching = { query, schema: familySchema, ...following(id, signal) };
      return watchChanges(client, clock, watching) as AsyncIterable<FamilyPage>;
    },
  };
}

interface Change<Answer extends z.ZodType> {
  readonly id: string;
  readonly what: string;
  readonly body?: unknown;
  readonly schema: Answer;
}

/** The ids in the API's answers are tasks' own: its schemas say only that they are texts. */
function readerOf(client: ApiClient): Reader {
  return {
    get: async (id) => {
      if (!isTaskId(id)) throw new UnknownIdError(id);
      const request = { path: `/api/tasks/${id}`, schema: taskSchema, action: 'read the task' };
      return (await client.ask(request)) as SeenTask;
    },
    log: async ({ id, after }) => {
      if (!isTaskId(id)) throw new UnknownIdError(id);
      const request = { path: `/api/tasks/${id}/log`, query: { after }, schema: logSchema };
      return (await client.ask({ ...request, action: "read the task's log" })) as LogPage;
    },
    family: async ({ id, limit, cursor }) => {
      const path = `/api/families/${id}`;
      const request = { path, query: { limit, cursor }, schema: familySchema };
      return (await client.ask({ ...request, action: 'read the family' })) as FamilyPage;
    },
    list: async (query) => {
      checkRequest(query);
      const request = { path: '/api/tasks', query: { ...query }, schema: pageSchema };
      return (await client.ask({ ...request, action: 'list tasks' })) as TaskPage;
    },
  };
}

/** As far as the task is known: it may have been scheduled just now. */
async function known(reader: Reader, id: TaskId): Promise<SeenTask | undefined> {
  try {
    return await reader.get(id);
  } catch (error) {
    if (isUnknownId(error)) return undefined;
    throw error;
  }
}

/** The API refuses to say what a task returned that has not, or whose output is not kept; here that is no output. */
async function outputOf(client: ApiClient, record: TaskRecord): Promise<Json | undefined> {
  const { id, state, output, outputBytes, ignoreResult } = record;
  if (state !== 'succeeded' || ignoreResult) return undefined;
  if (!isFlowId(id) && outputBytes === undefined) return output;
  const path = `/api/tasks/${id}/output`;
  return (await client.ask({ path, schema: outputAnswer, action: 'fetch the output' })).output;
}

/** As the API takes them. It knows no moment of expiring, only the time until then. */
function optionsBody({ eta, expires, ...options }: ScheduleOptions, now: number): object {
  const expiresIn = expires instanceof Date ? `${Math.max(1, expires.getTime() - now)}ms` : expires;
  return { ...options, eta: eta?.toISOString(), expires: expiresIn };
}
