import { fastify, type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { answerProblems } from './answerProblems.ts';
import { readAssets } from './assets.ts';
import type { Broker } from './broker.ts';
import { RefusedError } from './errors.ts';
import { frontPage } from './frontPage.ts';
import type { HostPage, PageDeps } from './hostPage.ts';
import { hostPages } from './hostPages.ts';
import { layOut } from './layout.ts';
import { guardRequests } from './security/guardRequests.ts';
import { setPagePolicy } from './security/pagePolicy.ts';

export interface CreateHostOptions extends PageDeps {
  readonly broker: Broker;
}

/** Bytes of a request's body; a page that takes files says so itself. */
const BODY_LIMIT = 65_536;

const switchSchema = z.strictObject({ wanted: z.enum(['running', 'stopped']) });

/** The host application, not listening yet. */
export async function createHost(options: CreateHostOptions): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: BODY_LIMIT, logger: false });
  // A form or plain text could be sent by any page without being asked.
  app.removeContentTypeParser('text/plain');
  answerProblems(app, options.log);
  setPagePolicy(app, options.platform.origin);
  guardRequests(app);
  await serveAssets(app);
  serveState(app, options);
  const pages = await hostPages(options);
  for (const { addRoutes } of pages) addRoutes(app);
  servePages(app, [frontPage(pages), ...pages]);
  return app;
}

async function serveAssets(app: FastifyInstance): Promise<void> {
  const assets = await readAssets();
  app.get<{ Params: { name: string } }>('/assets/:name', async ({ params }, reply) => {
    const asset = assets.get(params.name);
    if (!asset) throw new RefusedError(404, 'There is no such file.');
    return reply.type(asset.type).send(asset.body);
  });
}

/** What every page shows: whether tasks are taken, and what becomes of the broker. */
function serveState(app: FastifyInstance, { broker, fleet }: CreateHostOptions): void {
  const state = () => ({ broker: broker.state(), availability: fleet.availability() });
  app.get('/state', async () => state());
  app.post('/broker', async ({ body }, reply) => {
    broker.ask(switchSchema.parse(body).wanted);
    return reply.code(202).send(state());
  });
}

function servePages(app: FastifyInstance, pages: readonly HostPage[]): void {
  const links = pages.map(({ path, title }) => ({ path, title }));
  for (const { path, title, script, body } of pages) {
    app.get(path, async (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .send(layOut({ title, path, script, links, body: body() })),
    );
  }
}
