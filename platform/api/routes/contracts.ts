import { z } from 'zod';
import { contractsOf } from '../../contracts/index.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';

const jsonSchema = z.record(z.string(), z.unknown()).describe('JSON Schema 2020-12.');

const contractSchema = z
  .object({
    name: z.string(),
    worker: z.string(),
    inputSchema: jsonSchema.describe('JSON Schema 2020-12; secrets are `writeOnly`.'),
    outputSchema: jsonSchema,
    timeLimitMs: z.int(),
    maxAttempts: z.int(),
    hasPriority: z.boolean().describe('Whether a call may ask for a priority.'),
  })
  .meta({ id: 'Contract' });

export const contracts: Routes = (app, { fleet }) => {
  // They are what the process was started with.
  const known = contractsOf(fleet).map((contract) => contractSchema.parse(contract));
  app.get(
    '/api/contracts',
    {
      config: { permission: ['fleet:read', 'tasks:schedule'] },
      schema: {
        operationId: 'listContracts',
        summary: 'List the tasks that can be scheduled, and what they take',
        response: { 200: z.object({ tasks: z.array(contractSchema) }), ...refusals() },
      },
    },
    async () => ({ tasks: known }),
  );
};
