import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

const forTenant = z.object({ tenant: z.string(), n: z.int() });

/** At most two of a tenant at a time. */
export const exportTenant = defineTask('tenants.export', {
  input: forTenant,
  output: z.null(),
  concurrency: { key: ({ tenant }) => tenant, limit: 2 },
});

/** One for a tenant until it has ended. */
export const indexTenant = defineTask('tenants.index', {
  input: forTenant,
  output: z.int(),
  retry: { maxAttempts: 1 },
  unique: ({ tenant }) => tenant,
});

export const billTenant = defineTask('tenants.bill', {
  input: forTenant,
  output: z.null(),
  rateLimit: '1/h',
});

export const tenantsWorker = defineWorker('tenants', {
  tasks: [exportTenant, indexTenant, billTenant],
  lease: '6s',
  concurrency: 6,
});

export const limitsFleet = defineFleet([tenantsWorker]);
