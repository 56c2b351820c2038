import { z } from 'zod';
import type { ApiDeps } from '../apiDeps.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { instant } from '../schemas/task.ts';

export const availabilitySchema = z
  .union([
    z.object({ available: z.literal(true) }),
    z.object({
      available: z.literal(false),
      since: instant,
      retryAfterMs: z.number(),
      reason: z.string(),
    }),
  ])
  .meta({ id: 'Availability' });

export const availability: Routes = (app, deps) => {
  app.get(
    '/api/availability',
    {
      config: { permission: 'identified' },
      schema: {
        operationId: 'readAvailability',
        summary: 'Say whether tasks can be scheduled at present',
        response: { 200: availabilitySchema, ...refusals() },
      },
    },
    async () => answerAvailability(deps),
  );
};

export async function answerAvailability({
  access,
}: Pick<ApiDeps, 'access'>): Promise<z.input<typeof availabilitySchema>> {
  return access.availability();
}
