import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { SeededRandom } from '../seededRandom.ts';
import { forward, type Passing } from './forward.ts';
import { chooseFault, type LinkFault } from './linkFault.ts';
import { sufferFault } from './sufferFault.ts';
import type { Answer } from './throttled.ts';

const LOOPBACK = '127.0.0.1';

/** The way of one client to one service, with faults that can be switched on and off. */
export interface Link {
  readonly endpoint: string;
  /** Returns the function that ends the fault. Several at once are asked in their order. */
  readonly suffer: (fault: LinkFault) => () => void;
  readonly close: () => void;
}

export async function openLink(upstream: URL, random: SeededRandom): Promise<Link> {
  const atWork = new Set<LinkFault>();
  const server = createServer((request, response) => {
    // Nobody is there to be told: the client sees a connection that breaks.
    relay(request, response).catch(() => request.socket.destroy());
  });

  async function relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request;
    const passing: Passing = { method, path, headers, body: await buffer(request) };
    const send = async () => forward(upstream, passing);
    const fault = chooseFault(atWork, random);
    const answer = await (fault ? sufferFault({ fault, send, headers }) : send());
    if (answer === 'broken') request.socket.destroy();
    else response.writeHead(answer.status, withoutHopHeaders(answer)).end(answer.body);
  }

  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  return {
    endpoint: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    suffer: (fault) => {
      atWork.add(fault);
      return () => void atWork.delete(fault);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What concerns one connection only, and the length, which is set anew. */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

function withoutHopHeaders({ headers }: Answer): Answer['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name)));
}
