import type { ApiDeps } from './apiDeps.ts';
import { type ApiConfig, STANDARD_PORT } from './apiConfig.ts';
import { createApi } from './createApi.ts';
import { silentConnections } from './silentConnections.ts';

export interface RunningApi {
  /** Such as `http://127.0.0.1:8484`. */
  readonly address: string;
  /** Takes no new request, and resolves when those that run are answered. */
  stop(): Promise<void>;
}

/** Starts the HTTP interface. Rejects when it cannot listen there. */
export async function startApi(
  deps: ApiDeps,
  { host, port, proxies }: ApiConfig,
): Promise<RunningApi> {
  const app = await createApi(deps, proxies);
  const silent = silentConnections(app.server);
  let isStopping = false;
  // Else the server waits until the client closes the connection, for which it has a minute and more.
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close');
  });
  // A free one where the usual one is taken: by another fleet on this machine, say.
  const address = await app.listen({ host, port }).catch(async (error: unknown) => {
    if (!isTaken(error) || port !== STANDARD_PORT) throw error;
    return app.listen({ host, port: 0 });
  });
  deps.log.event('api.started', { address });
  return {
    address,
    stop: async () => {
      isStopping = true;
      const closed = app.close();
      silent.destroy();
      await closed;
    },
  };
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
