import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { auditPageSchema, auditQuery } from '../schemas/identity.ts';

export const audit: Routes = (app, { access }) => {
  app.get(
    '/api/audit',
    {
      config: { permission: 'audit:read' },
      schema: {
        operationId: 'listAudit',
        summary: 'List what was done with the stage, the newest first',
        querystring: auditQuery,
        response: { 200: auditPageSchema, ...refusals(503) },
      },
    },
    async (request) => {
      const { entries, cursor } = await access.audit.list(request.query);
      return { entries: [...entries], ...(cursor !== undefined && { cursor }) };
    },
  );
};
