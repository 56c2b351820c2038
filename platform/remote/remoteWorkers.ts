import type { Clock } from '@taskfleet/toolbox/clock';
import { isProcessId, workerOfProcess } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { workersSchema } from '../api/routes/workers.ts';
import { workerSchema } from '../api/schemas/worker.ts';
import {
  awaitHeard,
  checkOrder,
  findProcess,
  type WorkerProcess,
  type Workers,
} from '../signals/index.ts';
import type { ApiClient } from './apiClient.ts';

const heardAnswer = z.object({ heard: z.boolean() });

/** Workers over the API. */
export function remoteWorkers(
  client: ApiClient,
  clock: Pick<Clock, 'monotonic' | 'sleep'>,
): Workers {
  const read = async (worker: string, action: string) =>
    client.ask({ path: pathOf(worker), schema: workerSchema, action });
  const readAll = async () => {
    const request = { path: '/api/workers', schema: workersSchema, action: 'list workers' };
    return (await client.ask(request)).workers;
  };
  const list = async (worker?: string): Promise<readonly WorkerProcess[]> => {
    const workers = worker === undefined ? await readAll() : [await read(worker, 'list workers')];
    // Their ids are processes' own: the API's schema says only that they are texts.
    return workers.flatMap(({ processes }) => processes) as WorkerProcess[];
  };
  return {
    list,
    get: async (id) =>
      findProcess(await list(isProcessId(id) ? workerOfProcess(id) : undefined), id),
    wanted: async (worker) => {
      const { all, ...wanted } = (await read(worker, 'read the worker')).wanted;
      return { ...wanted, wanted: all };
    },
    tell: async (fleet, { worker, process, order }) => {
      checkOrder(fleet, worker, order);
      const request = { method: 'POST', schema: heardAnswer, action: 'tell the worker' } as const;
      await client.ask({ ...request, path: `${pathOf(worker)}/orders`, body: { order, process } });
      // Of a later order perhaps: whoever has heard that has heard this one too.
      const { wanted, processes } = await read(worker, 'tell the worker');
      const meant = processes.filter(({ id }) => process === undefined || id === process);
      return { worker, order, revision: wanted.revision, processes: meant as WorkerProcess[] };
    },
    awaitHeard: async (told, timeoutMs) => awaitHeard({ list, clock }, told, timeoutMs),
  };
}

function pathOf(worker: string): string {
  return `/api/workers/${encodeURIComponent(worker)}`;
}
