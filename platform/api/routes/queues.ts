import { PRIORITIES } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { ApiDeps } from '../apiDeps.ts';
import { principalOf } from '../authorize.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { queueHistoryQuery, queueHistorySchema } from '../schemas/queueHistory.ts';
import { windowOf } from '../schemas/window.ts';
import { label } from '../schemas/list.ts';
import { workerParams } from './workers.ts';

const count = z.int().nonnegative();

const queueSchema = z
  .object({
    service: z.string().describe("A worker's name, or `platform`."),
    queue: z.enum(PRIORITIES),
    visible: count.describe('Messages that wait. SQS counts nearly.'),
    inFlight: count,
    delayed: count,
    deadLetters: count.describe("Of the service's queues together."),
    oldestAt: z
      .number()
      .nullable()
      .describe(
        "The oldest message that waits in the service's queues came no earlier, to a minute. Null when none waits, and when nobody knows.",
      ),
    paused: z.boolean().describe('All processes of the worker are told to begin nothing new.'),
  })
  .meta({ id: 'Queue' });

export const queuesSchema = z.object({ queues: z.array(queueSchema) }).meta({ id: 'Queues' });

const purgeBody = z.object({
  task: label.optional().describe('Only tasks of this name. Default: all of the worker.'),
  cursor: z.string().max(2_000).optional().describe('Where the answer before ended.'),
});

export const purgedQueueSchema = z.object({
  cancelled: z.array(z.string()).describe('Ids of the tasks: at most 500 in an answer.'),
  cursor: z
    .string()
    .optional()
    .describe('To go on with; not there when nothing is left that waited at the first call.'),
});

export const purgingQueue: Routes = (app, { access, fleet }) => {
  app.post(
    '/api/queues/:worker/purge',
    {
      config: { permission: 'fleet:operate' },
      schema: {
        operationId: 'purgeQueue',
        summary: "Cancel what waits in a worker's queue and has not begun, the newest first",
        params: workerParams,
        body: purgeBody,
        response: { 202: purgedQueueSchema, ...refusals(404, 413, 415, 422, 503) },
      },
    },
    async (request, reply) => {
      const asked = { worker: request.params.worker, ...request.body };
      const { name } = principalOf(request);
      const { ids, cursor } = await access.purgeQueue(fleet, asked, name);
      return reply.code(202).send({ cancelled: [...ids], cursor });
    },
  );
};

export const queues: Routes = (app, deps) => {
  app.get(
    '/api/queues',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'listQueues',
        summary: 'List the queues of every worker and of the platform, and what is in them',
        response: { 200: queuesSchema, ...refusals(503) },
      },
    },
    async () => answerQueues(deps),
  );
  app.get(
    '/api/queues/history',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'readQueueHistory',
        summary: 'Read what was in the queues over time, and how long tasks waited',
        querystring: queueHistoryQuery,
        response: { 200: queueHistorySchema, ...refusals(404, 503) },
      },
    },
    async (request) => answerHistory(deps, request.query),
  );
};

export async function answerQueues({
  access,
}: Pick<ApiDeps, 'access'>): Promise<z.input<typeof queuesSchema>> {
  return { queues: [...(await access.queues())] };
}

async function answerHistory(
  { access, fleet, clock }: Pick<ApiDeps, 'access' | 'fleet' | 'clock'>,
  { service, ...asked }: z.output<typeof queueHistoryQuery>,
): Promise<z.input<typeof queueHistorySchema>> {
  const { services, ...time } = await access.queueHistory(fleet, {
    ...windowOf(asked, clock),
    service,
  });
  return {
    ...time,
    services: services.map(({ service, points }) => ({ service, points: [...points] })),
  };
}
