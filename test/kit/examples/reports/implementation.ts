// reports/implementation.ts
import { implement } from '@taskfleet/toolbox/contract';
import { announce, reportsWorker } from './contract.ts';

/** What the handlers need of the world: the warehouse in production, a function in a test. */
export type CountRows = (customer: string, signal: AbortSignal) => Promise<number>;

export function reportsWith(countRows: CountRows) {
  return implement(reportsWorker, {
    'reports.monthly': async ({ customer }, ctx) => {
      const rows = await countRows(customer, ctx.signal);
      ctx.progress(0.5, `${rows} rows`);
      const file = await ctx.artifacts.write(`${customer}.csv`, Buffer.from('…'), 'text/csv');
      await ctx.schedule(announce, { customer, file });
      return { rows, file };
    },
    'reports.announce': ({ customer }, ctx) => ctx.log.info('report is there', { customer }),
  });
}
