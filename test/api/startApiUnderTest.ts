import { openFleet } from '@taskfleet/platform/access';
import { type ApiDeps, startApi } from '@taskfleet/platform/api';
import { createIdentify, type Identify, type IdentityConfig } from '@taskfleet/platform/identity';
import { systemClock } from '@taskfleet/toolbox/clock';
import { quiet } from '../fixtures/startParts.ts';
import { sampleFleet } from '../platform/sampleFleet.ts';
import { startPlatformUnderTest } from '../platform/startPlatformUnderTest.ts';

export type ApiUnderTest = Awaited<ReturnType<typeof startApiUnderTest>>;

export interface ApiUnderTestOptions {
  /** Default: the local stage's, for which everybody is its owner. */
  readonly identity?: IdentityConfig;
  /** Default: the standard. */
  readonly limits?: NonNullable<ApiDeps['limits']>;
  /** Default: none. */
  readonly log?: ApiDeps['log'];
  /** Default: what follows from `identity`. */
  readonly identify?: Identify;
}

/** The API of a stage on emulators, on a free port of the loopback interface. Nothing tracks or works until it is started. */
export async function startApiUnderTest({
  identity = { kind: 'open' },
  log = quiet,
  ...options
}: ApiUnderTestOptions = {}) {
  await using started = new AsyncDisposableStack();
  const platform = started.adopt(await startPlatformUnderTest(), async (p) => p.stop());
  const access = started.adopt(openFleet(platform.environment, systemClock), (a) => a.close());
  const clock = systemClock;
  const { identify = createIdentify({ config: identity, keys: access.keys, clock }) } = options;
  const deps: ApiDeps = {
    fleet: sampleFleet,
    access,
    identity,
    identify,
    clock,
    log,
    ...(options.limits && { limits: options.limits }),
  };
  const listening = { host: '127.0.0.1', port: 0 };
  const api = started.adopt(await startApi(deps, listening), async (a) => a.stop());
  const owned = started.move();
  return {
    platform,
    access,
    address: api.address,
    /** A request as any client makes it; a body goes as JSON. */
    ask: async (
      method: string,
      path: string,
      body?: unknown,
      headers: Readonly<Record<string, string>> = {},
    ) => {
      const json = body !== undefined && { body: JSON.stringify(body) };
      const type = body !== undefined && { 'content-type': 'application/json' };
      const response = await fetch(`${api.address}${path}`, {
        method,
        headers: { ...type, ...headers },
        ...json,
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      const { status } = response;
      return {
        status,
        headers: response.headers,
        body: (isJson ? JSON.parse(text) : text) as Answer,
      };
    },
    stop: async () => owned.disposeAsync(),
  };
}

/** Whatever the API says, for tests to look into. */
export type Answer = Readonly<Record<string, any>>; // eslint-disable-line typescript/no-explicit-any
