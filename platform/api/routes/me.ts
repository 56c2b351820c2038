import { z } from 'zod';
import { PERMISSIONS, reachOf, ROLES } from '../../identity/index.ts';
import { principalOf } from '../authorize.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';

export const meSchema = z
  .object({
    name: z.string(),
    kind: z.string(),
    roles: z.array(z.enum(ROLES)),
    permissions: z
      .partialRecord(z.enum(PERMISSIONS), z.enum(['own', 'all']))
      .describe('`own`: with tasks that one has scheduled oneself.'),
    stage: z.string(),
    isLocal: z.boolean(),
    hasDemo: z.boolean().describe('Whether /demo leads to a demonstration.'),
  })
  .meta({ id: 'Me' });

export const me: Routes = (app, { access, dashboard }) => {
  const hasDemo = dashboard?.demo !== undefined;
  app.get(
    '/api/me',
    {
      config: { permission: 'identified' },
      schema: {
        operationId: 'readMe',
        summary: 'Say who asks, and what they may do',
        response: { 200: meSchema, ...refusals() },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { name, kind, roles } = principal;
      const reaches = PERMISSIONS.map((wanted) => [wanted, reachOf(principal, wanted)] as const);
      const permissions = Object.fromEntries(reaches.filter(([, reach]) => reach));
      return { name, kind, roles: [...roles], permissions, ...access.place, hasDemo };
    },
  );
};
