// reports/fleet.test.ts
import { fleetForTests } from '@taskfleet/testing';
import { expect, test } from 'vitest';
import { announce, monthlyReport } from './contract.ts';
import { reportsWith } from './implementation.ts';

test('announces each report', async () => {
  await using fleet = await fleetForTests({ workers: [reportsWith(async () => 12)] });
  const handle = await fleet.schedule(monthlyReport, { customer: 'acme' }, { creator: 'u7' });
  expect(await handle.result()).toMatchObject({ rows: 12 });
  const announced = await fleet.spy.succeeded(announce, ({ parent }) => parent === handle.id);
  expect(announced).toMatchObject({ creator: 'u7', input: { customer: 'acme' } });
});
