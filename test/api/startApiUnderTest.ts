import { openFleet } from '@taskfleet/platform/access';
import { type ApiDeps, startApi } from '@taskfleet/platform/api';
import { type Identify, identifyLocal } from '@taskfleet/platform/identity';
import { systemClock } from '@taskfleet/toolbox/clock';
import { quiet } from '../fixtures/startParts.ts';
import { sampleFleet } from '../platform/sampleFleet.ts';
import { startPlatformUnderTest } from '../platform/startPlatformUnderTest.ts';

export type ApiUnderTest = Awaited<ReturnType<typeof startApiUnderTest>>;

export interface ApiUnderTestOptions {
  /** Default: the local stage's, for which everybody is its owner. */
  readonly identify?: Identify;
  /** Where the dashboard's build is. Default: nowhere. */
  readonly dashboard?: string;
}

/** The API of a stage on emulators, on a free port of the loopback interface. Nothing tracks or works until it is started. */
export async function startApiUnderTest({
  identify = identifyLocal,
  dashboard = 'not-built',
}: ApiUnderTestOptions = {}) {
  await using started = new AsyncDisposableStack();
  const platform = started.adopt(await startPlatformUnderTest(), async (p) => p.stop());
  const access = started.adopt(openFleet(platform.environment, systemClock), (a) => a.close());
  const common = { fleet: sampleFleet, access, identify, clock: systemClock, log: quiet };
  const deps: ApiDeps = { ...common, dashboard: { folder: dashboard } };
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
