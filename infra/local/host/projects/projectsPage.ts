import { exportProject } from '@taskfleet/worker-export/contract';
import { hostApi, sampleProject } from '@taskfleet/worker-export/demo';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { RefusedError } from '../errors.ts';
import { CREATOR, type HostPage, type PageDeps } from '../hostPage.ts';
import { panel } from '../panel.ts';
import type { ShownTask } from '../platformApi.ts';
import { ExportTokens } from './exportTokens.ts';
import { projectBody } from './projectBody.ts';

const PATH = '/project';
const PLACE = { org: 'ilha', project: 'fields' } as const;
const PROJECT = `${PLACE.org}/${PLACE.project}`;
const SUBJECT = `project/${PLACE.project}`;
const SHOWN = { subject: SUBJECT, task: exportProject.name };

/** Newest exports that are shown. */
const MOST_SHOWN = 5;

const asked = z.strictObject({ format: exportProject.input.shape.format });

/** A project of land records, which people take home as files. */
export async function projectsPage(deps: PageDeps): Promise<HostPage> {
  const { fleet, platform, address, clock } = deps;
  const project = sampleProject();
  const tokens = new ExportTokens(clock);
  return {
    path: PATH,
    title: 'Project',
    about: 'Export land records as a workbook, shapefiles or documents, in one zip.',
    script: 'project.ts',
    body: () => projectBody(project, panel(platform.origin(), 'Exports of this project', SHOWN)),
    addRoutes: (app) => {
      serveRecords(app, tokens, hostApi({ projects: { [PROJECT]: project } }));
      app.post(`${PATH}/exports`, async ({ body }, reply) => {
        const { format } = asked.parse(body);
        const token = tokens.issue(PROJECT);
        const input = { ...PLACE, format, source: `${address()}/api`, token };
        const about = { creator: CREATOR, subject: SUBJECT };
        const { id } = await fleet.schedule(exportProject, input, about);
        return reply.code(202).send({ id });
      });
      app.get(`${PATH}/exports`, async () => {
        const tasks = await platform.tasks({ ...SHOWN, limit: MOST_SHOWN });
        return { exports: tasks.map(shown) };
      });
    },
  };
}

/** What a page is told of an export: not what went into it. */
function shown({ id, state, createdAt, output, error }: ShownTask) {
  return { id, state, createdAt, output, error };
}

/** The application's own API, which the worker reads the records by: with the token of an export, that project and no other. */
function serveRecords(
  app: FastifyInstance,
  tokens: ExportTokens,
  answer: ReturnType<typeof hostApi>,
): void {
  for (const route of ['/api/organizations/*', '/files/*']) {
    app.get(route, async (request, reply) => {
      const { pathname } = new URL(request.url, 'http://host');
      if (!tokens.allows(request.headers.authorization, pathname)) {
        throw new RefusedError(401, 'expected the token of an export of this project');
      }
      reply.hijack();
      answer(request.raw, reply.raw);
    });
  }
}
