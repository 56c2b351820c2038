import type { z } from 'zod';
import type { Statistics } from '../../statistics/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { statisticsQuery, statisticsSchema } from '../schemas/statistics.ts';
import { windowOf } from '../schemas/window.ts';

export const statistics: Routes = (app, deps) => {
  app.get(
    '/api/statistics',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'readStatistics',
        summary: 'Read what became of tasks over time: counts, how long they ran and waited',
        querystring: statisticsQuery,
        response: { 200: statisticsSchema, ...refusals(422, 503) },
      },
    },
    async (request) => answerStatistics(deps, request.query),
  );
};

type Deps = Pick<ApiDeps, 'access' | 'fleet' | 'clock'>;

async function answerStatistics(
  { access, fleet, clock }: Deps,
  { task, ...asked }: z.output<typeof statisticsQuery>,
): Promise<z.input<typeof statisticsSchema>> {
  return shown(await access.statistics(fleet, { ...windowOf(asked, clock), task }));
}

function shown({ tasks, ...time }: Statistics): z.input<typeof statisticsSchema> {
  return {
    ...time,
    tasks: tasks.map(({ points, ...rest }) => ({ ...rest, points: [...points] })),
  };
}
