// reports/contract.ts
import { artifactRef, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

const customer = z.string();

export const monthlyReport = defineTask('reports.monthly', {
  input: z.object({ customer }),
  output: z.object({ rows: z.int(), file: artifactRef }),
  retry: { maxAttempts: 3, backoff: { initial: '30s', jitter: false } },
  timeLimit: '10m',
});

export const announce = defineTask('reports.announce', {
  input: z.object({ customer, file: artifactRef }),
  output: z.void(),
});

export const reportsWorker = defineWorker('reports', { tasks: [monthlyReport, announce] });
