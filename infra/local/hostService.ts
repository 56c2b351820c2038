import { join } from 'node:path';
import { type Environment, LOCAL_STAGE } from '@taskfleet/toolbox/config';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { PLATFORM } from '../outputs.ts';
import { fleetEnvironment } from '../serviceEnvironment.ts';
import type { Home } from './home.ts';
import { endpointVariables, type LocalStackFacts } from './services.ts';
import { pickVariables } from './supervise/inheritedEnvironment.ts';
import type { ServiceSpec } from './supervise/launch.ts';

/** Name of the demonstration's host application among what runs. */
export const HOST = 'host';

const startedHost = z.object({
  event: z.literal('host.started'),
  address: z.url(),
  /** Of its mail server, where there is one. */
  mail: z.url().optional(),
  /** Where it keeps its files. */
  folder: z.string(),
});

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
  const port = portOf(before?.address);
  const mailPort = portOf(before?.mail);
  return {
    name: HOST,
    program: join(import.meta.dirname, 'host', 'main.ts'),
    arguments: [`--port=${port}`, `--mail-port=${mailPort}`, `--home=${home.folder}`],
    environment: {
      ...inherited,
      ...fleetEnvironment({ stage: LOCAL_STAGE, outputs: stack.outputs }),
      ...endpointVariables(stack.endpoints),
    },
    isReady: (said) => startedHost.safeParse(said).success,
  };
}

/** Any free one where there was none. */
function portOf(address = 'http://127.0.0.1:0'): string {
  return new URL(address).port;
}

/** Where the host application says that it is. */
export function hostFacts(said: unknown): HostFacts {
  return startedHost.parse(said);
}

export interface ToldOfHostOptions {
  readonly host: HostFacts;
  readonly fleet: Fleet;
  readonly service: string;
  /** What a person says to that service. */
  readonly own: Readonly<Record<string, string>>;
}

/** What a service is told where there is a host application. What a person says goes before it. */
export function toldOfHost({ host, fleet, service, own }: ToldOfHostOptions) {
  const { address } = host;
  if (service === PLATFORM) {
    const embedders = [own['TASKFLEET_EMBEDDERS'] ?? [], address].flat().join(',');
    return { ...own, TASKFLEET_DEMO: address, TASKFLEET_EMBEDDERS: embedders };
  }
  const { settings = {} } = fleet.workers.find(({ name }) => name === service) ?? {};
  const wanted = Object.values(settings).map(({ variable }) => variable);
  return { ...pickVariables(toldToWorkers(host), wanted), ...own };
}

/** By the variables of the workers' settings, as far as these workers are there. */
function toldToWorkers({ address, mail, folder }: HostFacts): Environment {
  return {
    TASKFLEET_EMAIL_SERVER: mail,
    TASKFLEET_EXPORT_SOURCES: address,
    TASKFLEET_LAYERS_FILES: folder,
  };
}
