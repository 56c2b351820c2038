import type { FastifyInstance } from 'fastify';
import type { OwnMetrics } from '../metrics/index.ts';

/** Of paths that lead nowhere there would be no end. */
const NO_ROUTE = 'none';

/** Tells how long answers took. A stream of events takes as long as somebody listens. */
export function timeRequests(app: FastifyInstance, own: Pick<OwnMetrics, 'answered'>): void {
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const { url: route = NO_ROUTE } = routeOptions;
    const { statusCode: status, elapsedTime: durationMs } = reply;
    const type = reply.getHeader('content-type');
    if (type !== 'text/event-stream') own.answered({ method, route, status, durationMs });
  });
}
