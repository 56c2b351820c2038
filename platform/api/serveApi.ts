import type { ApiConfig } from './apiConfig.ts';
import type { ApiDeps } from './apiDeps.ts';
import { startApi } from './startApi.ts';

export interface ServedApi {
  stop(): Promise<void>;
  /** Resolves when it could not begin to listen, which it has said. */
  readonly expired: Promise<void>;
}

/** The HTTP interface as a part of a service, which does not wait for it. */
export function serveApi(deps: ApiDeps, config: ApiConfig): ServedApi {
  const expired = Promise.withResolvers<void>();
  const starting = startApi(deps, config).catch((error: unknown) => {
    deps.log.event('api.failed', { error: String(error) });
    expired.resolve();
    return undefined;
  });
  return { expired: expired.promise, stop: async () => (await starting)?.stop() };
}
