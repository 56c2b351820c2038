import type { FastifyInstance } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { LOOPBACK } from '../../identity/index.ts';
import { ForeignHostError, ForeignOriginError } from './errors.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Where no credentials are needed, a browser on this machine must not be made to act by pages of others: neither by a name of theirs
 * that leads here (DNS rebinding), nor by a request that needs no answer (CSRF).
 */
export function guardLoopback(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ method, headers }) => {
    if (!isLoopback(headers.host)) throw new ForeignHostError();
    if (!READS.has(method) && isForeign(headers)) throw new ForeignOriginError();
  });
}

function isLoopback(host = ''): boolean {
  const { name = '' } = /^(?<name>\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(host)?.groups ?? {};
  return LOOPBACK.has(name.toLowerCase());
}

/** Programs send neither header. A page on another port of this machine is another's, too. */
function isForeign({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
}
