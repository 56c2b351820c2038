import type { FastifyInstance } from 'fastify';
import { RefusedError } from '../errors.ts';

const READS = new Set(['GET', 'HEAD']);

/**
 * Whoever opens these pages is taken for the person at this machine: so nobody may come by a name of theirs that leads here (DNS
 * rebinding), and nothing changes unless a page of this very origin asks for it (CSRF). Browsers say so with every change; a program
 * that changes something has to say it too.
 */
export function guardRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ method, headers, socket }) => {
    const { host = '', origin } = headers;
    const names = [`127.0.0.1:${socket.localPort}`, `localhost:${socket.localPort}`];
    if (!names.includes(host)) {
      throw new RefusedError(403, `expected the Host ${names.join(' or ')}`);
    }
    if (!READS.has(method) && origin !== `http://${host}`) {
      throw new RefusedError(403, 'a page of another origin may change nothing here');
    }
  });
}
