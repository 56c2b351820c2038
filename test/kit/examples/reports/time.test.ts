// reports/time.test.ts
import { fleetForTests } from '@taskfleet/testing';
import { periodic } from '@taskfleet/toolbox/contract';
import { expect, test } from 'vitest';
import { monthlyReport } from './contract.ts';
import { reportsWith } from './implementation.ts';

test('waits for its time, and then for the warehouse', async () => {
  let asked = 0;
  const reports = reportsWith(async () => {
    asked += 1;
    if (asked === 1) throw new Error('no warehouse');
    return 12;
  });
  await using fleet = await fleetForTests({ workers: [reports] });
  const handle = await fleet.schedule(monthlyReport, { customer: 'acme' }, { delay: '2d' });
  await fleet.travel('1d');
  expect(asked).toBe(0);
  // Its first attempt, and 30 seconds later the next.
  await fleet.travel('1d');
  await fleet.spy.retrying(handle);
  await fleet.travel('30s');
  expect(await fleet.get(handle.id)).toMatchObject({ state: 'succeeded', attempt: 2 });
});

test('reports every day', async () => {
  let asked = 0;
  const daily = periodic('daily', {
    every: '1d',
    task: monthlyReport,
    input: { customer: 'acme' },
  });
  const reports = reportsWith(async () => (asked += 1));
  await using fleet = await fleetForTests({ workers: [reports], periodic: [daily] });
  await fleet.travel('7d');
  expect(asked).toBe(7);
});
