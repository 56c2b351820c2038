import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Answer } from './throttled.ts';

/** A request, whole, so that it can be sent again. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Longer than the longest poll. */
const TIMEOUT_MS = 25_000;

const agent = new Agent({ keepAlive: true, maxSockets: 500 });

/** Sends the request to where it wanted to go. Rejects when there is no answer. */
export async function forward(upstream: URL, passing: Passing): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const outgoing = request(upstream, {
    agent,
    method: passing.method,
    path: passing.path,
    headers: { ...passing.headers, host: upstream.host, connection: 'keep-alive' },
    timeout: TIMEOUT_MS,
  });
  outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
  outgoing.on('error', reject);
  outgoing.on('response', (incoming) => {
    const { statusCode: status = 502, headers } = incoming;
    buffer(incoming).then((body) => resolve({ status, headers, body }), reject);
  });
  outgoing.end(passing.body);
  return promise;
}
