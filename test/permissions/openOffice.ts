import { accessTo } from '@taskfleet/platform/access';
import { cancelFamily, cancelTask } from '@taskfleet/platform/cancel';
import { createDeadLetters } from '@taskfleet/platform/dead-letters';
import { createReader } from '@taskfleet/platform/reader';
import { rescheduleTask } from '@taskfleet/platform/reschedule';
import { createWorkers, type Order } from '@taskfleet/platform/signals';
import { readStatistics } from '@taskfleet/platform/statistics';
import { systemClock } from '@taskfleet/toolbox/clock';
import { serviceSpec } from '../../infra/local/services.ts';
import { operatorStatements } from '../../infra/permissions/operatorStatements.ts';
import { platformStatements } from '../../infra/permissions/platformStatements.ts';
import { schedulerStatements } from '../../infra/permissions/schedulerStatements.ts';
import { workerStatements } from '../../infra/permissions/workerStatements.ts';
import { platformConfig } from '../../platform/platformConfig.ts';
import { startPlatform } from '../../platform/startPlatform.ts';
import { quiet, resourcesOf, schedulerOn, workerOn } from '../fixtures/startParts.ts';
import { startRestartableStack } from '../toolbox/restartableStack.ts';
import { allowedTo } from './allowedTo.ts';
import { copyImplementation, officeFleet } from './officeFleet.ts';
import { queueArns, stageArns } from './stageArns.ts';

type Stack = Awaited<ReturnType<typeof startRestartableStack>>;

/** A fleet whose parts have their roles alone. */
export type Office = Awaited<ReturnType<typeof openOffice>>;

export async function openOffice(started: AsyncDisposableStack) {
  const stack = started.adopt(await startRestartableStack(officeFleet), async (s) => s.stop());
  return {
    stack,
    queueArns: (service: string) => queueArns(stack, service),
    stage: () => stageArns(stack),
    /** Starts worker and platform. */
    start: () => startOffice(started, stack),
  };
}

function startOffice(started: AsyncDisposableStack, stack: Stack) {
  const stage = stageArns(stack);
  const queuesOf = (service: string) => queueArns(stack, service);
  const own = { stage, queues: queuesOf('office') };
  const worker = allowedTo(stack, workerStatements({ worker: 'office', ...own }));
  const running = workerOn({ stack, clients: worker.clients, implementation: copyImplementation });
  started.defer(async () => running.stop());
  const platform = allowedTo(
    stack,
    platformStatements({
      stage,
      queues: queuesOf('platform'),
      workerQueues: [queuesOf('office')],
    }),
  );
  const { environment } = serviceSpec({ ...stack, service: 'platform', inherited: {} });
  const service = startPlatform({
    fleet: officeFleet,
    config: platformConfig(environment),
    clients: platform.clients,
    watcherSqs: platform.clients.sqs,
    clock: systemClock,
    log: quiet,
    holder: 'test',
  });
  started.defer(async () => service.stop());
  const caller = allowedTo(stack, schedulerStatements(stage));
  const scheduler = schedulerOn(stack, caller.clients);
  started.defer(() => scheduler.close());
  const services = ['platform', 'office'].map(queuesOf);
  const person = allowedTo(stack, operatorStatements({ stage, queues: services }));
  const table = { dynamodb: person.clients.dynamodb, tableName: resourcesOf(stack).tableName };
  const letters = createDeadLetters({
    sqs: person.clients.sqs,
    table,
    queues: () => platformConfig(environment).queues,
    clock: systemClock,
  });
  const operator = {
    letters,
    list: async () => createReader(table).list({ limit: 10 }),
    statistics: async (task: string) => {
      const now = systemClock.now();
      const query = { from: now - 60_000, to: now + 1, stepMs: 60_000, task };
      return readStatistics({ table, fleet: officeFleet, clock: systemClock }, query);
    },
    reschedule: async (id: string) =>
      rescheduleTask({ table, clock: systemClock }, id, { delay: '2d' }),
    cancelFamily: async (id: string) =>
      cancelFamily({ table, fleet: officeFleet, clock: systemClock }, id, 'operator'),
    cancel: async (id: string) =>
      cancelTask({ table, fleet: officeFleet, clock: systemClock }, id, 'operator'),
  };
  const workers = createWorkers({ table, clock: systemClock });
  const tell = async (order: Order) => {
    const request = { worker: 'office', order, by: 'operator' };
    await workers.awaitHeard(await workers.tell(officeFleet, request), 20_000);
  };
  /** What the platform's API stands on. */
  const access = started.adopt(
    accessTo({
      config: platformConfig(environment).service,
      clients: platform.clients,
      queues: () => platformConfig(environment).queues,
      clock: systemClock,
      keptAtOnce: quiet,
    }),
    (a) => a.close(),
  );
  return {
    access,
    running,
    service,
    workers,
    tell,
    scheduler,
    operator,
    refused: () => [person, worker, platform, caller].flatMap((part) => part.refused),
  };
}
