import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { updateAllLayers, updateLayer } from '@taskfleet/worker-layers/contract';
import {
  changeRepository,
  isGitThere,
  makeLargeRepository,
  makeSampleRepositories,
  type SampleLayer,
} from '@taskfleet/worker-layers/demo';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { RefusedError } from '../errors.ts';
import { CREATOR, type HostPage, type PageDeps } from '../hostPage.ts';
import { layersBody } from './layersBody.ts';
import { newestOf } from './newestOf.ts';

const PATH = '/layers';

const named = z.strictObject({ name: z.string() });
const taskParams = z.object({ id: z.string().max(200) });
const logQuery = z.strictObject({ after: z.string().max(100).optional() });

/** An index of layers, each a git repository: brought up to date one by one or all in their order, with a log that one reads along. */
export async function layersPage(deps: PageDeps): Promise<HostPage> {
  const hasGit = isGitThere();
  let made: Promise<readonly SampleLayer[]> | undefined;
  // Made when somebody looks: it takes seconds.
  const layers = async () => {
    made ??= hasGit ? repositories(join(deps.folder, 'layers')) : Promise.resolve([]);
    return made;
  };
  return {
    path: PATH,
    title: 'Layers',
    about: 'Index git repositories: a live log, progress, and a button to stop.',
    script: 'layers.ts',
    body: () => layersBody(hasGit),
    addRoutes: (app) => {
      addUpdates(app, deps, layers);
      addTasks(app, deps);
    },
  };
}

async function repositories(folder: string): Promise<readonly SampleLayer[]> {
  await mkdir(folder, { recursive: true });
  return [...(await makeSampleRepositories(folder)), await makeLargeRepository(folder)];
}

function addUpdates(
  app: FastifyInstance,
  { fleet, platform }: PageDeps,
  layers: () => Promise<readonly SampleLayer[]>,
): void {
  const find = async (body: unknown): Promise<SampleLayer> => {
    const { name } = named.parse(body);
    const layer = (await layers()).find((one) => one.name === name);
    if (!layer) throw new RefusedError(404, `There is no layer "${name}".`);
    return layer;
  };
  app.get(`${PATH}/state`, async () => {
    const tasks = await platform.tasks({ worker: 'layers', limit: 100 });
    return newestOf(await layers(), tasks);
  });
  app.post(`${PATH}/updates`, async ({ body }, reply) => {
    const { name, url, branch } = await find(body);
    const about = { creator: CREATOR, subject: `layer/${name}` };
    const { id } = await fleet.schedule(updateLayer, { url, branch }, about);
    return reply.code(202).send({ id });
  });
  app.post(`${PATH}/updates-of-all`, async (_request, reply) => {
    const all = (await layers()).map(({ name, url }) => ({ name, url }));
    const [{ branch } = { branch: 'main' }] = await layers();
    const about = { creator: CREATOR, subject: 'layers' };
    const { id } = await fleet.schedule(updateAllLayers, { branch, layers: all }, about);
    return reply.code(202).send({ id });
  });
  // What a developer of a layer would do somewhere else.
  app.post(`${PATH}/changes`, async ({ body }, reply) => {
    const revision = await changeRepository(await find(body));
    return reply.code(201).send({ revision });
  });
}

/** What one task does: read along by the cursor of the last answer, and stopped. */
function addTasks(app: FastifyInstance, { platform }: PageDeps): void {
  app.get(`${PATH}/tasks/:id`, async ({ params, query }) => {
    const { id } = taskParams.parse(params);
    const { after } = logQuery.parse(query);
    const [task, log] = await Promise.all([platform.task(id), platform.log(id, after)]);
    return { task, log };
  });
  app.post(`${PATH}/tasks/:id/stop`, async ({ params }, reply) => {
    await platform.cancelFamily(taskParams.parse(params).id);
    return reply.code(202).send({});
  });
}
