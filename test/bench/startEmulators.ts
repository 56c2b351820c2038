import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emulatorEndpoints, type LocalStack, provisionFleet } from '@taskfleet/infra/local';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { openHome } from '../../infra/local/home.ts';
import { emulatorSpec, endpointOf } from '../../infra/local/services.ts';
import { inheritedEnvironment } from '../../infra/local/supervise/inheritedEnvironment.ts';
import { SupervisedService } from '../../infra/local/supervise/supervisedService.ts';
import { sumFleet } from '../fixtures/sumFleet.ts';

export interface BenchEmulators {
  readonly stack: Pick<LocalStack, 'endpoints' | 'outputs'>;
  stop(): Promise<void>;
}

/** Emulators in processes of their own with their state on disk, as `npm start` runs them. */
export async function startEmulators(fleet: Fleet = sumFleet): Promise<BenchEmulators> {
  const folder = mkdtempSync(join(tmpdir(), 'taskfleet-bench-'));
  const home = openHome(folder);
  const inherited = inheritedEnvironment(process.env);
  const emulators = (['queues', 'table'] as const).map(
    (name) =>
      new SupervisedService({
        spec: () => emulatorSpec({ name, home, port: 0, inherited }),
        onNews: () => undefined,
        clock: systemClock,
      }),
  );
  const [queues = '', table = ''] = await Promise.all(
    emulators.map(async (emulator) => endpointOf(await emulator.start())),
  );
  const endpoints = emulatorEndpoints({ queues, table });
  const outputs = await provisionFleet({ fleet, endpoints });
  return {
    stack: { endpoints, outputs },
    stop: async () => {
      await Promise.all(emulators.map(async (emulator) => emulator.stop()));
      rmSync(folder, { recursive: true });
    },
  };
}
