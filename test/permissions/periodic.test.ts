import { PeriodicTasks } from '@taskfleet/platform/periodic';
import { systemClock } from '@taskfleet/toolbox/clock';
import { defineFleet, periodic } from '@taskfleet/toolbox/contract';
import { createPublisher } from '@taskfleet/toolbox/schedule';
import { expect, it } from 'vitest';
import { serviceSpec } from '../../infra/local/services.ts';
import { operatorStatements } from '../../infra/permissions/operatorStatements.ts';
import { platformStatements } from '../../infra/permissions/platformStatements.ts';
import { workerStatements } from '../../infra/permissions/workerStatements.ts';
import { platformConfig } from '../../platform/platformConfig.ts';
import { startPlatform } from '../../platform/startPlatform.ts';
import { quiet, resourcesOf, workerOn } from '../fixtures/startParts.ts';
import { startRestartableStack } from '../toolbox/restartableStack.ts';
import { allowedTo } from './allowedTo.ts';
import { isAllowed } from '../kit/conformance/access/isAllowed.ts';
import { copyImplementation, officeFleet, shout, whisper } from './officeFleet.ts';
import { BUCKET, queueArns, queueOf, stageArns, TABLE } from './stageArns.ts';

const PATIENCE = { timeout: 30_000 } as const;

const input = { text: 'x', times: 1 };
const yearly = periodic('yearly', { cron: '@yearly', task: shout, input });
const fleet = defineFleet(officeFleet.workers, { periodic: [yearly] });

it('fires periodic tasks, and has them changed, with their roles alone', async () => {
  await using started = new AsyncDisposableStack();
  const stack = started.adopt(await startRestartableStack(fleet), async (s) => s.stop());
  const { topicArn, tableName } = resourcesOf(stack);
  const stage = stageArns(stack);
  const workerQueues = [queueArns(stack, 'office')];
  const queues = queueArns(stack, 'platform');
  const platform = allowedTo(stack, platformStatements({ stage, queues, workerQueues }));
  const { environment } = serviceSpec({ ...stack, service: 'platform', inherited: {} });
  const running = startPlatform({
    fleet,
    config: platformConfig(environment),
    clients: platform.clients,
    watcherSqs: platform.clients.sqs,
    clock: systemClock,
    log: quiet,
    holder: 'test',
  });
  started.defer(async () => running.stop());
  const { clients } = allowedTo(
    stack,
    workerStatements({ worker: 'office', stage, queues: queueArns(stack, 'office') }),
  );
  const worker = workerOn({ stack, clients, implementation: copyImplementation });
  started.defer(async () => worker.stop());

  const person = allowedTo(stack, operatorStatements({ stage, queues: [queues, ...workerQueues] }));
  const { sns, dynamodb } = person.clients;
  const common = { table: { dynamodb, tableName }, clock: systemClock };
  const publisher = started.adopt(createPublisher({ ...common, sns, topicArn }), (p) => p.close());
  const tasks = new PeriodicTasks({ ...common, fleet, publisher });
  await tasks.add(periodic('often', { every: '1s', task: whisper, input: { text: 'x' } }));
  const lastState = async () => (await tasks.list())[0]?.last?.state;
  await expect.poll(lastState, PATIENCE).toBe('succeeded');
  await tasks.pause('often', 'operator');
  await tasks.run('often');
  await tasks.resume('often');
  await tasks.remove('often');
  const names = async () => (await tasks.list()).map(({ name }) => name);
  await expect.poll(names, PATIENCE).toEqual(['yearly']);
  expect([...platform.refused, ...person.refused]).toEqual([]);
});

it.each(['GetItem', 'PutItem', 'DeleteItem'])(
  'gives no worker the right to %s of them',
  (action) => {
    const queues = { queue: queueOf('/office.fifo'), deadLetterQueue: queueOf('/dead.fifo') };
    const stage = { topic: 'arn:aws:sns:us-east-1:1:topic.fifo', table: TABLE, bucket: BUCKET };
    const statements = workerStatements({ worker: 'office', stage, queues });
    const policy = statements.map((statement): unknown => statement.toStatementJson());
    const leadingKeys = ['schedule#often'];
    const request = { action: `dynamodb:${action}`, resource: TABLE, leadingKeys };
    expect(isAllowed(policy, request)).toBe(false);
  },
);
