import { z } from 'zod';
import type { LogPage } from '../../reader/index.ts';
import type { Principal } from '../../identity/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { principalOf } from '../authorize.ts';
import { findOwn } from '../findOwn.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { idParams, instant } from '../schemas/task.ts';

const lineSchema = z
  .object({
    at: instant.describe('Milliseconds since 1970, in whole seconds.'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string(),
    fields: z.record(z.string(), z.json()).optional(),
  })
  .meta({ id: 'LogLine' });

export const logSchema = z
  .object({
    attempt: z.int().optional().describe('Who said it; left out while nothing is kept.'),
    lines: z.array(lineSchema).readonly().describe('The oldest first; secrets replaced.'),
    dropped: z.int().describe('Lines before these, since the cursor, that are not kept any more.'),
    cursor: z.string(),
  })
  .meta({ id: 'TaskLog' });

const afterQuery = z.strictObject({
  after: z.string().max(40).optional().describe('The cursor of an answer: only what came since.'),
});

export const taskLog: Routes = (app, deps) => {
  app.get(
    '/api/tasks/:id/log',
    {
      config: { permission: 'tasks:read' },
      schema: {
        operationId: 'readLog',
        summary: "Read the last lines that a task's handler has said",
        params: idParams,
        querystring: afterQuery,
        response: { 200: logSchema, ...refusals(404, 503) },
      },
    },
    async (request) =>
      answerLog(deps, principalOf(request), { ...request.params, ...request.query }),
  );
};

/** A task that may not be read has no log either. */
export async function answerLog(
  deps: Pick<ApiDeps, 'access'>,
  principal: Principal,
  query: z.output<typeof idParams> & Partial<z.output<typeof afterQuery>>,
): Promise<LogPage> {
  await findOwn(deps, principal, query.id);
  return deps.access.reader.log(query);
}
