import { startPlatformUnderTest } from './startPlatformUnderTest.ts';
import { type FleetAccess, openFleet } from '@taskfleet/platform/access';
import { startApi } from '@taskfleet/platform/api';
import { createIdentify } from '@taskfleet/platform/identity';
import { createOwnMetrics } from '@taskfleet/platform/metrics';
import { openRemoteFleet } from '@taskfleet/platform/remote';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { Environment } from '@taskfleet/toolbox/config';
import { type Fleet, NonRetryableError } from '@taskfleet/toolbox/contract';
import { commandLine, type RunOptions } from '../../platform/cli/testing/runInProcess.ts';
import { quiet } from '../fixtures/startParts.ts';
import { sampleFleet } from './sampleFleet.ts';

/** How a command line reaches its fleet: AWS's own interfaces, or the API at an address. */
export const WAYS = ['direct', 'url'] as const;
export type Way = (typeof WAYS)[number];

/** A platform with its tracker and a worker, and the command line on it. */
export type CliUnderTest = Awaited<ReturnType<typeof startCliUnderTest>>;

export async function startCliUnderTest(way: Way = 'direct') {
  const platform = await startPlatformUnderTest();
  const tracker = platform.startTracker();
  const worker = platform.startEcho({
    'echo.say': async ({ text, times }, context) => {
      context.progress(0.5, 'halfway');
      context.log.info(`asked to ${text}`, { times });
      if (text === 'fail') throw new NonRetryableError('nothing to say');
      if (text === 'hang') await systemClock.sleep(60_000, context.signal);
      return { said: text.repeat(times) };
    },
    'echo.ask': () => ({ asked: 0 }),
  });
  const ways = openWays();
  const commands = (options: Partial<RunOptions> = {}, environment = platform.environment) => {
    const open = async () => ways.open(way, environment);
    return commandLine({ fleet: sampleFleet, openFleet: open, ...options });
  };
  return {
    platform,
    commands,
    run: commands(),
    stop: async () => {
      await ways.stop();
      await worker.stop();
      await tracker.stop();
      await platform.stop();
    },
  };
}

/** Opens fleets either way; for an address it starts the API of what an environment describes, once. */
export function openWays(fleet: Fleet = sampleFleet) {
  const opened: FleetAccess[] = [];
  const apis = new Map<Environment, ReturnType<typeof serve>>();
  const direct = (environment: Environment, options?: { readonly keptAtOnce: typeof quiet }) => {
    const access = openFleet(environment, systemClock, options);
    opened.push(access);
    return access;
  };
  const serve = async (environment: Environment) => {
    const access = direct(environment, { keptAtOnce: quiet });
    const identity = { kind: 'open' } as const;
    const own = { config: identity, keys: access.keys, clock: systemClock };
    const identify = createIdentify(own);
    const common = { fleet, access, clock: systemClock, log: quiet };
    const deps = { ...common, identity, identify, metrics: createOwnMetrics() };
    return startApi(deps, { host: '127.0.0.1', port: 0 });
  };
  const addressOf = async (environment: Environment) => {
    const api = apis.get(environment) ?? serve(environment);
    apis.set(environment, api);
    return (await api).address;
  };
  return {
    addressOf,
    open: async (way: Way, environment: Environment): Promise<FleetAccess> => {
      if (way === 'direct') return direct(environment);
      return openRemoteFleet({ address: await addressOf(environment) }, systemClock);
    },
    stop: async () => {
      for (const api of await Promise.all(apis.values())) await api.stop();
      for (const access of opened) access.close();
    },
  };
}
