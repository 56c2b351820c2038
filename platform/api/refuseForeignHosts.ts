import type { FastifyInstance } from 'fastify';
import { LOOPBACK } from './apiConfig.ts';
import { ForeignHostError } from './errors.ts';

/**
 * Answers only under names of the loopback interface: a page of somebody else's name that resolves to this machine (DNS rebinding) would
 * else pass for our own.
 */
export function refuseForeignHosts(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ hostname }) => {
    if (!LOOPBACK.has(hostname.replaceAll(/[[\]]/g, ''))) throw new ForeignHostError();
  });
}
