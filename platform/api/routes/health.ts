import { z } from 'zod';
import type { ApiDeps } from '../apiDeps.ts';
import { problemSchema } from '../problem.ts';
import type { Routes } from '../routes.ts';

const well = z.object({ status: z.literal('ok') });

/** Load balancers ask as often as they like. */
const config = { permission: 'none', rateLimit: false } as const;

/** For load balancers: whether the process lives, and whether it can answer from the table. */
export const health: Routes = (app, { access }: ApiDeps) => {
  app.get('/healthz', { config, schema: { response: { 200: well } } }, async () => ({
    status: 'ok' as const,
  }));
  app.get(
    '/readyz',
    { config, schema: { response: { 200: well, 503: problemSchema } } },
    async () => {
      await access.reader.list({ limit: 1 });
      return { status: 'ok' as const };
    },
  );
};
