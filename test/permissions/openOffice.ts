import { cancelFamily, cancelTask } from '@taskfleet/platform/cancel';
import { createDeadLetters } from '@taskfleet/platform/dead-letters';
import { createReader } from '@taskfleet/platform/reader';
import { rescheduleTask } from '@taskfleet/platform/reschedule';
import { createWorkers, type Order } from '@taskfleet/platform/signals';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { serviceSpec } from '../../infra/local/services.ts';
import { operatorStatements } from '../../infra/permissions/operatorStatements.ts';
import { platformStatements } from '../../infra/permissions/platformStatements.ts';
import { schedulerStatements } from '../../infra/permissions/schedulerStatements.ts';
import type { QueueArns } from '../../infra/permissions/statements.ts';
import { workerStatements } from '../../infra/permissions/workerStatements.ts';
import { platformConfig } from '../../platform/platformConfig.ts';
import { startPlatform } from '../../platform/startPlatform.ts';
import {
  clientsOf,
  quiet,
  resourcesOf,
  schedulerOn,
  serviceQueues,
  workerOn,
} from '../fixtures/startParts.ts';
import { startRestartableStack } from '../toolbox/restartableStack.ts';
import { enforce } from './enforce.ts';
import { copyImplementation, officeFleet } from './officeFleet.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:1:table/tasks';
const BUCKET = 'arn:aws:s3:::files';

const queueOf = (url: string) => `arn:aws:sqs:us-east-1:1:${url.split('/').at(-1)}`;
const arns = { queueOf, table: TABLE, bucket: BUCKET };

type Stack = Awaited<ReturnType<typeof startRestartableStack>>;

/** A fleet whose parts have their roles alone. */
export type Office = Awaited<ReturnType<typeof openOffice>>;

export async function openOffice(started: AsyncDisposableStack) {
  const stack = started.adopt(await startRestartableStack(officeFleet), async (s) => s.stop());
  return {
    stack,
    queueArns: (service: string) => queueArns(stack, service),
    stage: () => stageOf(stack),
    /** Starts worker and platform. */
    start: () => startOffice(started, stack),
  };
}

function queueArns(stack: Stack, service: string): QueueArns {
  const { queueUrl, deadLetterQueueUrl } = serviceQueues(stack, service);
  return { queue: queueOf(queueUrl), deadLetterQueue: queueOf(deadLetterQueueUrl) };
}

function stageOf(stack: Stack) {
  return { topic: resourcesOf(stack).topicArn, table: TABLE, bucket: BUCKET };
}

/** Clients that can do what the statements allow. */
function allowedTo(stack: Stack, statements: readonly PolicyStatement[]) {
  const clients = clientsOf(stack);
  const refused = enforce(clients, statements, arns);
  return { clients, refused };
}

function startOffice(started: AsyncDisposableStack, stack: Stack) {
  const stage = stageOf(stack);
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
  return {
    running,
    workers,
    tell,
    scheduler,
    operator,
    refused: () => [person, worker, platform, caller].flatMap((part) => part.refused),
  };
}
