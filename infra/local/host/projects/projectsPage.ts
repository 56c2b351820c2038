import { findTask } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { CREATOR, type HostPage, type PageDeps } from '../hostPage.ts';

const PROJECT = 'hillside';
const SUBJECT = `project/${PROJECT}`;

/** A project of land records, which people take home as files. */
export async function projectsPage({ contracts, fleet, platform }: PageDeps): Promise<HostPage> {
  const path = '/project';
  const exportProject = findTask(contracts, 'export.project');
  return {
    path,
    title: 'Project',
    about: 'Export the land records of a project.',
    script: 'project.ts',
    body: () => `<h1>Hillside</h1><form id="export"><button data-schedules>Export</button></form>
      <iframe title="Exports" src="${platform.origin() ?? ''}/embed/subject?subject=${SUBJECT}"></iframe>`,
    addRoutes: (app) => {
      app.post(`${path}/exports`, async ({ body }, reply) => {
        const { format } = z.strictObject({ format: z.string() }).parse(body);
        const { id } = await fleet.schedule(
          exportProject,
          { name: format },
          { creator: CREATOR, subject: SUBJECT },
        );
        return reply.code(202).send({ id });
      });
    },
  };
}
