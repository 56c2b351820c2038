import { type FleetAccess, openFleet } from '@taskfleet/platform/access';
import { type ApiDeps, startApi } from '@taskfleet/platform/api';
import type { DashboardOptions } from '@taskfleet/platform/dashboard';
import {
  createIdentify,
  type Identify,
  type IdentityConfig,
  type Role,
} from '@taskfleet/platform/identity';
import { createOwnMetrics, type OwnMetrics } from '@taskfleet/platform/metrics';
import { type Clock, systemClock } from '@taskfleet/toolbox/clock';
import { expectDocumented } from './documented.ts';
import { quiet } from '../fixtures/startParts.ts';
import { sampleFleet } from '../platform/sampleFleet.ts';
import { startPlatformUnderTest } from '../platform/startPlatformUnderTest.ts';

export type ApiUnderTest = Awaited<ReturnType<typeof startApiUnderTest>>;

export interface ApiUnderTestOptions {
  /** Default: new ones, which nothing but the API tells of. */
  readonly metrics?: OwnMetrics;
  /** Default: the local stage's, for which everybody is its owner. */
  readonly identity?: IdentityConfig;
  /** Default: the standard. */
  readonly limits?: NonNullable<ApiDeps['limits']>;
  /** Default: none. */
  readonly proxies?: number;
  /** Default: none. */
  readonly log?: ApiDeps['log'];
  /** Default: what follows from `identity`. */
  readonly identify?: Identify;
  readonly dashboard?: DashboardOptions;
  /** Further instances of the API on the same stage. Default: none. */
  readonly extraReplicas?: number;
  /** Of the API itself; emulators and access have the system's. Default: that one. */
  readonly clock?: Clock;
  /** What the API stands on, given what it would. Default: that. */
  readonly change?: (access: FleetAccess) => FleetAccess;
  readonly mostListeners?: number;
}

/** The API of a stage on emulators, on a free port of the loopback interface. Nothing tracks or works until it is started. */
export async function startApiUnderTest({
  identity = { kind: 'open' },
  log = quiet,
  proxies = 0,
  extraReplicas = 0,
  clock = systemClock,
  metrics = createOwnMetrics(),
  change = (access) => access,
  ...options
}: ApiUnderTestOptions = {}) {
  await using started = new AsyncDisposableStack();
  const platform = started.adopt(await startPlatformUnderTest(), async (p) => p.stop());
  const startReplica = async () => {
    const opened = openFleet(platform.environment, systemClock, { keptAtOnce: quiet });
    const access = change(started.adopt(opened, (a) => a.close()));
    const own = { config: identity, keys: access.keys, clock: systemClock };
    const common = { fleet: sampleFleet, access, identity, metrics, clock, log };
    const deps: ApiDeps = { ...common, identify: createIdentify(own), ...options };
    const listening = { host: '127.0.0.1', port: 0, proxies };
    const api = started.adopt(await startApi(deps, listening), async (a) => a.stop());
    return { access, address: api.address, ask: askAt(api.address), stop: async () => api.stop() };
  };
  const first = await startReplica();
  const replicas = await Promise.all(Array.from({ length: extraReplicas }, startReplica));
  const owned = started.move();
  return { platform, ...first, replicas, stop: async () => owned.disposeAsync() };
}

/** A request as any client makes it; a body goes as JSON. Fails when the API answers otherwise than it says of itself. */
export function askAt(address: string) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const json = body !== undefined && { body: JSON.stringify(body) };
    const type = body !== undefined && { 'content-type': 'application/json' };
    const response = await fetch(`${address}${path}`, {
      method,
      headers: { ...type, ...headers },
      ...json,
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const { status } = response;
    await expectDocumented(address, { method, path, status });
    return {
      status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Answer,
    };
  };
}

/** Whatever the API says, for tests to look into. */
export type Answer = Readonly<Record<string, any>>; // eslint-disable-line typescript/no-explicit-any

/** Everybody is who they say: `Bearer <name> <role>`. */
export const identifyByWord: Identify = async (authorization) => {
  const [, name, role] = authorization?.split(' ') ?? [];
  if (name === undefined || role === undefined) return undefined;
  return { name, kind: 'key', roles: [role as Role] };
};

/** Headers of a request by somebody. */
export function as(name: string, role: Role): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${name} ${role}` };
}
