import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostApi, type HostApiOptions } from '../demo/hostApi.ts';

export const TOKEN = 'tok-5b1c9d7e3f60';

/** A host application on a free port of 127.0.0.1. */
export interface Host extends AsyncDisposable {
  /** What `export.project` takes as `source`. */
  readonly source: string;
  /** Paths and queries of all requests, in order. */
  readonly asked: readonly string[];
  readonly requests: readonly IncomingMessage[];
}

export async function startHost(options: HostApiOptions): Promise<Host> {
  const requests: IncomingMessage[] = [];
  const asked: string[] = [];
  const listener = hostApi({
    token: TOKEN,
    ...options,
    onRequest: (request) => {
      requests.push(request);
      asked.push(request.url ?? '');
      options.onRequest?.(request);
    },
  });
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    source: `http://127.0.0.1:${port}/api`,
    requests,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
