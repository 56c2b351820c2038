import { isTaskId, type TaskId } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { FleetAccess } from '../access/index.ts';
import { periodicListSchema } from '../api/routes/periodic.ts';
import { periodicSchema } from '../api/schemas/periodic.ts';
import type { PeriodicView } from '../periodic/index.ts';
import type { ApiClient } from './apiClient.ts';

const idAnswer = z.object({ id: z.custom<TaskId>((id) => typeof id === 'string' && isTaskId(id)) });

/** Periodic tasks over the API. */
export function remotePeriodic(client: ApiClient): ReturnType<FleetAccess['periodicOf']> {
  const change = async (name: string, what: 'pause' | 'resume') =>
    (await client.ask({
      method: 'POST',
      path: `${pathOf(name)}/${what}`,
      body: {},
      schema: periodicSchema,
      action: `${what} the periodic task`,
    })) as PeriodicView;
  return {
    list: async () => {
      const request = { path: '/api/periodic', schema: periodicListSchema };
      const { periodic } = await client.ask({ ...request, action: 'list periodic tasks' });
      return periodic as PeriodicView[];
    },
    get: async (name) => {
      const request = { path: pathOf(name), schema: periodicSchema };
      return (await client.ask({ ...request, action: 'read the periodic task' })) as PeriodicView;
    },
    add: async ({ task, timing, ...given }) => {
      const body = { ...given, ...timing, task: task.name };
      const request = { method: 'POST', path: '/api/periodic', body } as const;
      const answer = { schema: periodicSchema, action: 'add the periodic task' };
      return (await client.ask({ ...request, ...answer })) as PeriodicView;
    },
    remove: async (name) => {
      const request = { method: 'DELETE', path: pathOf(name), schema: z.unknown() } as const;
      await client.ask({ ...request, action: 'remove the periodic task' });
    },
    pause: async (name) => change(name, 'pause'),
    resume: async (name) => change(name, 'resume'),
    run: async (name) => {
      const request = { method: 'POST', path: `${pathOf(name)}/run`, body: {} } as const;
      const answer = { schema: idAnswer, action: 'run the periodic task' };
      return (await client.ask({ ...request, ...answer })).id;
    },
  };
}

function pathOf(name: string): string {
  return `/api/periodic/${encodeURIComponent(name)}`;
}
