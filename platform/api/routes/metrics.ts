import { z } from 'zod';
import { createMetrics } from '../../metrics/index.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';

/** For Prometheus, which can send a bearer token. */
export const metrics: Routes = (app, { access, fleet, clock, metrics: own }) => {
  const all = createMetrics({ access, fleet, clock, own });
  app.get(
    '/metrics',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'readMetrics',
        summary: "Tell Prometheus of the fleet and of this replica, in Prometheus's text format",
        response: { 200: { content: { 'text/plain': { schema: z.string() } } }, ...refusals() },
      },
    },
    async (_request, reply) =>
      reply
        .type(all.contentType)
        .header('cache-control', 'no-store')
        .send(await all.scrape()),
  );
};
