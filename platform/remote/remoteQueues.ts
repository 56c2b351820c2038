import type { FleetAccess } from '../access/index.ts';
import { purgedQueueSchema, queuesSchema } from '../api/routes/queues.ts';
import { queueHistorySchema } from '../api/schemas/queueHistory.ts';
import type { ApiClient } from './apiClient.ts';

/** Queues over the API. */
export function remoteQueues(
  client: ApiClient,
): Pick<FleetAccess, 'queues' | 'purgeQueue' | 'queueHistory'> {
  return {
    queues: async () => {
      const request = { path: '/api/queues', schema: queuesSchema };
      return (await client.ask({ ...request, action: 'look into the queues' })).queues;
    },
    purgeQueue: async (_fleet, { worker, ...body }) => {
      const { cancelled: ids, cursor } = await client.ask({
        method: 'POST',
        path: `/api/queues/${encodeURIComponent(worker)}/purge`,
        body,
        schema: purgedQueueSchema,
        action: 'purge the queue',
      });
      return { ids, cursor };
    },
    queueHistory: async (_fleet, { from, to, stepMs, service }) =>
      client.ask({
        path: '/api/queues/history',
        query: { from, to, step: stepMs, service },
        schema: queueHistorySchema,
        action: 'read what was in the queues',
      }),
  };
}
