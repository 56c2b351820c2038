import { startStack } from '@taskfleet/infra/local';
import { createReader } from '@taskfleet/platform/reader';
import { createWorkers } from '@taskfleet/platform/signals';
import { systemClock } from '@taskfleet/toolbox/clock';
import { implement } from '@taskfleet/toolbox/contract';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serviceSpec } from '../../infra/local/services.ts';
import { laneFleet, laneWorker, step } from '../fixtures/laneFleet.ts';
import { runProgram } from '../fixtures/programOutput.ts';
import {
  clientsOf,
  resourcesOf,
  schedulerOn,
  trackerOn,
  workerOn,
} from '../fixtures/startParts.ts';

const PATIENCE = { timeout: 30_000, interval: 50 } as const;
const PATIENT = { timeout: 90_000 } as const;
const PROGRAM = join(import.meta.dirname, '..', 'fixtures', 'laneWorker.main.ts');

let started: AsyncDisposableStack;
beforeEach(() => {
  started = new AsyncDisposableStack();
});
afterEach(async () => started.disposeAsync());

async function startLane() {
  const stack = started.adopt(await startStack({ fleet: laneFleet }), async (s) => s.stop());
  const clients = clientsOf(stack);
  const { environment } = serviceSpec({ ...stack, service: 'lane', inherited: {} });
  const program = runProgram([PROGRAM], {
    environment: { ...environment, TASKFLEET_HEARTBEAT_SECONDS: '1' },
  });
  started.defer(async () => {
    program.process.kill('SIGKILL');
    await program.ended;
  });
  const table = { dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName };
  const workers = createWorkers({ table, clock: systemClock });
  await expect.poll(async () => (await workers.list()).length, PATIENCE).toBe(1);
  return { stack, clients, program, table, workers };
}

it(
  'a killed process and its tasks are shown as lost, until another has taken them over',
  PATIENT,
  async () => {
    const { stack, clients, program, table, workers } = await startLane();
    const tracker = trackerOn({ stack, clients, fleet: laneFleet });
    started.defer(async () => tracker.stop());
    const scheduler = started.adopt(schedulerOn(stack, clients), (s) => s.close());
    const { id } = await scheduler.schedule(step, { group: 'a', ms: 600_000 });
    await expect.poll(async () => (await workers.list())[0]?.running, PATIENCE).toBe(1);
    const [killed] = await workers.list();
    program.process.kill('SIGKILL');
    await program.ended;

    const later = { ...systemClock, now: () => Date.now() + 60_000 };
    const reader = createReader(table, later);
    const lost = { id, state: 'running', lost: true, holder: killed!.id };
    expect(await reader.get(id)).toMatchObject(lost);
    await expect
      .poll(async () => (await reader.list({ limit: 5, lost: true })).tasks, PATIENCE)
      .toMatchObject([lost]);
    expect(await createWorkers({ table, clock: later }).list()).toMatchObject([
      { id: killed!.id, lost: true },
    ]);

    const end = Promise.withResolvers<null>();
    const heir = workerOn({
      stack,
      clients,
      implementation: implement(laneWorker, { 'lane.step': async () => end.promise }),
    });
    started.defer(async () => heir.stop());
    started.defer(() => end.resolve(null));
    const now = createReader(table);
    await expect.poll(async () => (await now.get(id)).holder, PATIENCE).not.toBe(killed!.id);
    const taken = await now.get(id);
    expect(taken).toMatchObject({ state: 'running', attempt: 2 });
    expect(taken).not.toHaveProperty('lost');
    expect((await now.list({ limit: 5, lost: true })).tasks).toEqual([]);
  },
);

it('a process that is told to stop ends in order, with exit code 0', async () => {
  const { program, workers } = await startLane();
  const told = await workers.tell(laneFleet, {
    worker: 'lane',
    order: { kind: 'shutdown' },
    by: 'alice',
  });
  expect(await program.ended).toBe(0);
  expect(program.stdout()).toContain('"event":"worker.stopped"');
  expect(await workers.list()).toEqual([]);
  await workers.awaitHeard(told, 0);
});
