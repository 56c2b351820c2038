import { emulatorEndpoints, provisionFleet, startQueues, startTable } from '@taskfleet/infra/local';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Start = (options: { port?: number; dataDir: string }) => Promise<{
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}>;

/** An emulator that can go away, and come back where its clients look for it, with what it held. */
async function restartable(start: Start, dataDir: string) {
  const first = await start({ dataDir });
  const { endpoint } = first;
  let running: typeof first | undefined = first;
  const port = Number(new URL(endpoint).port);
  return {
    endpoint,
    stop: async () => {
      const stopping = running;
      running = undefined;
      await stopping?.stop();
    },
    restart: async () => {
      running = await start({ port, dataDir });
    },
  };
}

export type RestartableStack = Awaited<ReturnType<typeof startRestartableStack>>;

/** A fleet's stack on emulators each of which can be stopped and started again. */
export async function startRestartableStack(fleet: Fleet) {
  const dataDir = mkdtempSync(join(tmpdir(), 'taskfleet-'));
  const table = await restartable(startTable, dataDir);
  const queues = await restartable(startQueues, dataDir);
  const endpoints = emulatorEndpoints({ queues: queues.endpoint, table: table.endpoint });
  const outputs = await provisionFleet({ fleet, endpoints });
  return {
    table,
    queues,
    endpoints,
    outputs,
    stop: async () => {
      await Promise.all([table.stop(), queues.stop()]);
      rmSync(dataDir, { recursive: true });
    },
  };
}
