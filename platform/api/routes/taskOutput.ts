import {
  isTerminal,
  ResultIgnoredError,
  TaskFailedError,
  type TaskRecord,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { NotEndedError } from '../../errors.ts';
import { principalOf } from '../authorize.ts';
import { findOwn } from '../findOwn.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { idParams } from '../schemas/task.ts';

const outputSchema = z.object({
  output: z.unknown().describe('Left out by a task that returns nothing.'),
});

export const taskOutput: Routes = (app, deps) => {
  app.get(
    '/api/tasks/:id/output',
    {
      config: { permission: 'tasks:read' },
      schema: {
        operationId: 'readOutput',
        summary: 'Read what a task, or a flow, returned, however large',
        params: idParams,
        response: { 200: outputSchema, ...refusals(404, 409, 410, 503) },
      },
    },
    async (request) => {
      const record = await findOwn(deps, principalOf(request), request.params.id);
      throwUnlessSucceeded(record);
      return { output: await deps.access.outputOf(record) };
    },
  );
};

function throwUnlessSucceeded({ id, state, error, ignoreResult }: TaskRecord): void {
  if (!isTerminal(state)) throw new NotEndedError(id, state);
  if (state !== 'succeeded') {
    throw new TaskFailedError(id, state, error?.message ?? 'no reason is known');
  }
  if (ignoreResult) throw new ResultIgnoredError(id);
}
