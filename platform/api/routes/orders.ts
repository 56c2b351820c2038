import { z } from 'zod';
import { NotHeardError } from '../../errors.ts';
import { principalOf } from '../authorize.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { orderOf, ordersSchema } from '../schemas/order.ts';
import { workerParams } from './workers.ts';

const heardSchema = z.object({
  heard: z
    .boolean()
    .describe('Whether every process that it is for has done it, as far as one has waited.'),
});

export const orders: Routes = (app, { access, fleet }) => {
  app.post(
    '/api/workers/:worker/orders',
    {
      config: { permission: 'fleet:operate' },
      schema: {
        operationId: 'orderWorker',
        summary: 'Pause, resume, resize, stop or limit a worker, or one of its processes',
        params: workerParams,
        body: ordersSchema,
        response: { 202: heardSchema, ...refusals(404, 409, 413, 415, 422, 503) },
      },
    },
    async (request, reply) => {
      const { order, process, wait } = request.body;
      const told = await access.workers.tell(fleet, {
        worker: request.params.worker,
        process,
        order: orderOf(order),
        by: principalOf(request).name,
      });
      return reply.code(202).send({ heard: await isHeard(access.workers.awaitHeard(told, wait)) });
    },
  );
};

/** Who is not heard in time may do it later: what is wanted stays in the table. */
async function isHeard(heard: Promise<void>): Promise<boolean> {
  try {
    await heard;
    return true;
  } catch (error) {
    if (error instanceof NotHeardError) return false;
    throw error;
  }
}
