// reports/faults.test.ts
import { fleetForTests } from '@taskfleet/testing';
import { UnavailableError } from '@taskfleet/toolbox/contract';
import { expect, test } from 'vitest';
import { monthlyReport } from './contract.ts';
import { reportsWith } from './implementation.ts';

const input = { customer: 'acme' };

test('is asked for while the topic is away, and made when it is back', async () => {
  await using fleet = await fleetForTests({ workers: [reportsWith(async () => 12)] });
  const undo = await fleet.faults.topicUnavailable();
  await expect(fleet.schedule(monthlyReport, input)).rejects.toThrow(UnavailableError);
  const handle = await fleet.schedule(monthlyReport, input, { durable: true });
  await undo();
  expect(await handle.result()).toMatchObject({ rows: 12 });
});

test('is made by another process when the first is killed over it', async () => {
  const begun = Promise.withResolvers<void>();
  let asked = 0;
  const reports = reportsWith(async () => {
    asked += 1;
    begun.resolve();
    return asked === 1 ? new Promise<number>(() => undefined) : 12;
  });
  await using fleet = await fleetForTests({ workers: [reports] });
  const handle = await fleet.schedule(monthlyReport, input);
  await begun.promise;
  const startAnother = await fleet.faults.workerKilled('reports');
  await startAnother();
  expect(await handle.result()).toMatchObject({ rows: 12 });
  expect(await fleet.get(handle.id)).toMatchObject({ attempt: 2 });
});
