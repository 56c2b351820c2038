import { startStack } from '@taskfleet/infra/local';
import { createWorkers } from '@taskfleet/platform/signals';
import { systemClock } from '@taskfleet/toolbox/clock';
import { chord, group, signature } from '@taskfleet/toolbox/contract';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serviceSpec } from '../../infra/local/services.ts';
import {
  add,
  arithImplementation,
  behave,
  flowFleet,
  tallyImplementation,
  total,
} from '../fixtures/flowFleet.ts';
import { runProgram } from '../fixtures/programOutput.ts';
import { queueDepth } from '../fixtures/queueDepth.ts';
import {
  clientsOf,
  resourcesOf,
  schedulerOn,
  serviceQueues,
  workerOn,
} from '../fixtures/startParts.ts';

const PATIENCE = { timeout: 30_000, interval: 50 } as const;
const PROGRAM = join(import.meta.dirname, '..', 'fixtures', 'arithWorker.main.ts');

it('a chord whose worker is killed among its members ends, and its callback runs once', async () => {
  await using started = new AsyncDisposableStack();
  const stack = started.adopt(await startStack({ fleet: flowFleet }), async (s) => s.stop());
  const clients = clientsOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName };
  const scheduler = started.adopt(schedulerOn(stack, clients), (some) => some.close());
  const totals: unknown[] = [];
  const tally = tallyImplementation((task, input) => void (task === 'total' && totals.push(input)));
  const callback = workerOn({ stack, clients, implementation: tally });
  started.defer(async () => callback.stop());

  const { environment } = serviceSpec({ ...stack, service: 'arith', inherited: {} });
  const program = runProgram([PROGRAM], {
    environment: { ...environment, TASKFLEET_HEARTBEAT_SECONDS: '1' },
  });
  const kill = async () => {
    program.process.kill('SIGKILL');
    await program.ended;
  };
  started.defer(kill);
  const numbers = Array.from({ length: 20 }, (_, i) => i);
  const done = numbers.map((i) => signature(add, { a: i, b: 0 }));
  const open = numbers.slice(0, 5).map(() => signature(behave, { how: 'wait' }));
  const handle = await scheduler.start(chord(group([...done, ...open]), total));
  const workers = createWorkers({ table, clock: systemClock });
  // What can end has ended, and the rest is under way.
  await expect
    .poll(async () => (await workers.list())[0], PATIENCE)
    .toMatchObject({ processed: 20, running: 5 });
  await kill();
  expect(totals).toEqual([]);

  const { worker, handlers } = arithImplementation(() => undefined);
  const heir = workerOn({
    stack,
    clients,
    implementation: { worker, handlers: new Map([...handlers, [behave.name, () => 7]]) },
  });
  started.defer(async () => heir.stop());
  expect(await handle.result({ timeout: '30s' })).toEqual({ sum: 190 + 35, count: 25 });
  const depth = async (service: string) =>
    queueDepth(clients.sqs, serviceQueues(stack, service).queueUrl);
  // Nothing is left that could run it again.
  await expect
    .poll(async () => Promise.all([depth('arith'), depth('tally')]), PATIENCE)
    .toEqual([0, 0]);
  expect(totals).toEqual([[...numbers, 7, 7, 7, 7, 7]]);
}, 90_000);
