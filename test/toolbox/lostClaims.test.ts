import { startStack } from '@taskfleet/infra/local';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createLog } from '@taskfleet/toolbox/log';
import { startWorker } from '@taskfleet/toolbox/runtime';
import { readTasks } from '@taskfleet/toolbox/table';
import { afterEach, expect, it } from 'vitest';
import { openClientLinks } from '../chaos/faults/clientLinks.ts';
import { count, countingFleet, countingImplementation } from '../fixtures/countingFleet.ts';
import { clientsOf, resourcesOf, schedulerOn, serviceQueues } from '../fixtures/startParts.ts';

const PATIENCE = { timeout: 20_000, interval: 20 } as const;
const started = new AsyncDisposableStack();
afterEach(async () => started.disposeAsync());

it('claims whose answers are lost use no attempts, and the task runs when they come through', async () => {
  const stack = started.adopt(await startStack({ fleet: countingFleet }), async (s) => s.stop());
  const links = started.adopt(await openClientLinks('worker', stack.endpoints, '1'), (l) =>
    l.close(),
  );
  const events: string[] = [];
  const write = (line: string) => void events.push((JSON.parse(line) as { event: string }).event);
  const worker = startWorker({
    implementation: countingImplementation(() => undefined),
    clients: clientsOf({ ...stack, endpoints: links.endpoints }),
    resources: { ...resourcesOf(stack), ...serviceQueues(stack, 'counting') },
    clock: systemClock,
    log: createLog({ level: 'debug', destination: { write } }),
    holder: 'counting_00000000000a',
    pollSeconds: 1,
    graceSeconds: 1,
    breaker: { probeIntervalMs: 100 },
  });
  started.defer(async () => worker.stop());
  const end = links.links.dynamodb.suffer({ kind: 'lostAnswer', rate: 1, ms: 0 });
  const own = clientsOf(stack);
  const scheduler = started.adopt(schedulerOn(stack, own), (s) => s.close());
  const handles = await Promise.all([1, 2, 3].map(async (n) => scheduler.schedule(count, { n })));
  await expect
    .poll(() => events.filter((event) => event === 'breaker.stayedOpen').length, PATIENCE)
    .toBeGreaterThan(10);
  end();
  await Promise.all(handles.map(async (handle) => handle.result({ timeout: '20s' })));
  const table = { dynamodb: own.dynamodb, tableName: resourcesOf(stack).tableName };
  const records = await readTasks(
    table,
    handles.map(({ id }) => id),
  );
  expect(records.map((record) => record?.attempt)).toEqual([1, 1, 1]);
});
