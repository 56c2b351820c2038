import { startStack } from '@taskfleet/infra/local';
import { createWorkers } from '@taskfleet/platform/signals';
import { systemClock } from '@taskfleet/toolbox/clock';
import { PRIORITIES } from '@taskfleet/toolbox/contract';
import { readTasks } from '@taskfleet/toolbox/table';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serviceSpec } from '../../infra/local/services.ts';
import { runProgram } from '../fixtures/programOutput.ts';
import { visibleDepth } from '../fixtures/queueDepth.ts';
import { clientsOf, resourcesOf, schedulerOn, serviceQueues } from '../fixtures/startParts.ts';
import { print, printFleet } from '../toolbox/priorityFleet.ts';

const PROGRAM = join(import.meta.dirname, '..', 'fixtures', 'printWorker.main.ts');
const OF_EACH = 4;

it('a worker with priorities that gets SIGTERM leaves everything visible in its queues, and exits with 0', async () => {
  await using started = new AsyncDisposableStack();
  const stack = started.adopt(await startStack({ fleet: printFleet }), async (s) => s.stop());
  const clients = clientsOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName };
  const scheduler = started.adopt(schedulerOn(stack, clients), (some) => some.close());
  const pages = Array.from({ length: OF_EACH }, (_, n) => ({ n }));
  const handles = await Promise.all(
    PRIORITIES.map(async (priority) => scheduler.scheduleMany(print, pages, { priority })),
  );
  const { environment } = serviceSpec({ ...stack, service: 'print', inherited: {} });
  const program = runProgram([PROGRAM], {
    environment: {
      ...environment,
      TASKFLEET_HEARTBEAT_SECONDS: '1',
      TASKFLEET_GRACE_SECONDS: '1',
    },
  });
  started.defer(async () => {
    program.process.kill('SIGKILL');
    await program.ended;
  });
  const workers = createWorkers({ table, clock: systemClock });
  await expect.poll(async () => (await workers.list())[0]?.running, { timeout: 30_000 }).toBe(2);
  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);

  const { queueUrl, highQueueUrl = '', lowQueueUrl = '' } = serviceQueues(stack, 'print');
  const visible = [highQueueUrl, queueUrl, lowQueueUrl].map(async (url) =>
    visibleDepth(clients.sqs, url),
  );
  expect(await Promise.all(visible)).toEqual([OF_EACH, OF_EACH, OF_EACH]);
  const records = await readTasks(
    table,
    handles.flat().map(({ id }) => id),
  );
  // What was begun is to begin again; of the rest nothing was written.
  expect(records.filter((record) => record !== undefined)).toMatchObject([
    { state: 'queued', attempt: 0 },
    { state: 'queued', attempt: 0 },
  ]);
}, 60_000);
