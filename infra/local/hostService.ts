import { join } from 'node:path';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { z } from 'zod';
import { PLATFORM } from '../outputs.ts';
import { fleetEnvironment } from '../serviceEnvironment.ts';
import type { Home } from './home.ts';
import { endpointVariables, type LocalStackFacts } from './services.ts';
import type { ServiceSpec } from './supervise/launch.ts';

/** Name of the demonstration's host application among what runs. */
export const HOST = 'host';

const startedHost = z.object({ event: z.literal('host.started'), address: z.url() });

/** Where the host application is. */
export type HostFacts = Omit<z.output<typeof startedHost>, 'event'>;

export interface HostSpecOptions extends LocalStackFacts {
  readonly home: Home;
  /** Where it was before a crash: pages in browsers find it again. */
  readonly before: HostFacts | undefined;
  readonly inherited: Readonly<Record<string, string>>;
}

/** The host application, with the environment of any program that schedules. */
export function hostSpec({ home, before, inherited, ...stack }: HostSpecOptions): ServiceSpec {
  const port = before === undefined ? '0' : new URL(before.address).port;
  return {
    name: HOST,
    program: join(import.meta.dirname, 'host', 'main.ts'),
    arguments: [`--port=${port}`, `--home=${home.folder}`],
    environment: {
      ...inherited,
      ...fleetEnvironment({ stage: LOCAL_STAGE, outputs: stack.outputs }),
      ...endpointVariables(stack.endpoints),
    },
    isReady: (said) => startedHost.safeParse(said).success,
  };
}

/** Where the host application says that it is. */
export function hostFacts(said: unknown): HostFacts {
  return startedHost.parse(said);
}

/** Variables by which a service is told of the host application. `own` are the service's, as a person has said them. */
export function toldOfHost(
  { address }: HostFacts,
  service: string,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> {
  if (service !== PLATFORM) return {};
  const { TASKFLEET_EMBEDDERS: embedders } = own;
  return {
    TASKFLEET_DEMO: address,
    TASKFLEET_EMBEDDERS: embedders === undefined ? address : `${embedders},${address}`,
  };
}
