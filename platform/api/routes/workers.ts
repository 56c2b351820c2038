import type { Worker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { findWorker, type WorkerProcess } from '../../signals/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { workerSchema } from '../schemas/worker.ts';

export const workerParams = z.object({ worker: z.string().max(200) });

export const workersSchema = z.object({ workers: z.array(workerSchema) }).meta({ id: 'Workers' });

export const workers: Routes = (app, deps) => {
  app.get(
    '/api/workers',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'listWorkers',
        summary: 'List workers, their processes, and what these are told',
        response: { 200: workersSchema, ...refusals(503) },
      },
    },
    async () => answerWorkers(deps),
  );
  app.get(
    '/api/workers/:worker',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'readWorker',
        summary: 'Read a worker, its processes, and what these are told',
        params: workerParams,
        response: { 200: workerSchema, ...refusals(404, 503) },
      },
    },
    async (request) => answerWorker(deps, request.params),
  );
};

type Deps = Pick<ApiDeps, 'access' | 'fleet'>;
type ShownWorker = z.input<typeof workerSchema>;

export async function answerWorkers(deps: Deps): Promise<z.input<typeof workersSchema>> {
  const processes = await deps.access.workers.list();
  const shown = deps.fleet.workers.map(async (worker) => show(deps, worker, processes));
  return { workers: await Promise.all(shown) };
}

export async function answerWorker(
  deps: Deps,
  { worker }: z.output<typeof workerParams>,
): Promise<ShownWorker> {
  const found = findWorker(deps.fleet, worker);
  return show(deps, found, await deps.access.workers.list(worker));
}

async function show(
  { access }: Deps,
  { name, compute }: Worker,
  processes: readonly WorkerProcess[],
): Promise<ShownWorker> {
  const {
    revision,
    wanted = {},
    processes: single = {},
    limits = {},
  } = await access.workers.wanted(name);
  return {
    name,
    compute: compute.kind,
    wanted: { revision, all: wanted, processes: single, limits },
    processes: processes
      .filter(({ worker }) => worker === name)
      .map((process) => Object.assign(process, { tasks: [...process.tasks] })),
  };
}
