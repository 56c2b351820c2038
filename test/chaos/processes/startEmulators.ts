import { emulatorEndpoints } from '@taskfleet/infra/local';
import type { Endpoints } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { openHome } from '../../../infra/local/home.ts';
import { emulatorSpec, endpointOf } from '../../../infra/local/services.ts';
import { inheritedEnvironment } from '../../../infra/local/supervise/inheritedEnvironment.ts';
import { SupervisedService } from '../../../infra/local/supervise/supervisedService.ts';

export type EmulatorName = 'queues' | 'table';

/** Emulators as processes, with their state on disk and the same address after a restart. */
export interface LabEmulators {
  readonly endpoints: Endpoints;
  readonly restart: (name: EmulatorName) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startEmulators(folder: string): Promise<LabEmulators> {
  const queues = emulator('queues', folder);
  const table = emulator('table', folder);
  const byName = { queues, table };
  const endpoints = emulatorEndpoints({ queues: await queues.start(), table: await table.start() });
  return {
    endpoints,
    restart: async (name) => byName[name].service.restart(),
    stop: async () => {
      await Promise.all([queues.service.stop(), table.service.stop()]);
    },
  };
}

function emulator(name: EmulatorName, folder: string) {
  const home = openHome(folder);
  const inherited = inheritedEnvironment(process.env);
  let port = 0;
  const service = new SupervisedService({
    spec: () => emulatorSpec({ name, home, port, inherited }),
    onNews: () => undefined,
    clock: systemClock,
  });
  const start = async () => {
    const endpoint = endpointOf(await service.start());
    port = Number(new URL(endpoint).port);
    return endpoint;
  };
  return { service, start };
}
