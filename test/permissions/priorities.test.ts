import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { type LocalStack, queuesEnvironment, startStack } from '@taskfleet/infra/local';
import {
  createDeadLetters,
  serviceQueues as addressesOf,
  startWatcher,
} from '@taskfleet/platform/dead-letters';
import { guardPlatformTable } from '@taskfleet/platform/tracker';
import { systemClock } from '@taskfleet/toolbox/clock';
import { implement, newTaskId, PRIORITIES } from '@taskfleet/toolbox/contract';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platformStatements } from '../../infra/permissions/platformStatements.ts';
import { workerStatements } from '../../infra/permissions/workerStatements.ts';
import { memoryLog } from '../../shared-toolbox/testing/memoryLog.ts';
import {
  clientsOf,
  platformStatistics,
  quiet,
  resourcesOf,
  schedulerOn,
  serviceQueues,
  workerOn,
} from '../fixtures/startParts.ts';
import { print, printFleet, printWorker } from '../toolbox/priorityFleet.ts';
import { allowedTo } from './allowedTo.ts';
import { isAllowed } from '../kit/conformance/access/isAllowed.ts';
import { queueArns, stageArns } from './stageArns.ts';

const PATIENCE = { timeout: 20_000 } as const;

let started: AsyncDisposableStack;
let stack: LocalStack;
beforeEach(async () => {
  started = new AsyncDisposableStack();
  stack = started.adopt(await startStack({ fleet: printFleet }), async (s) => s.stop());
});
afterEach(async () => started.disposeAsync());

const ofWorker = (queues = queueArns(stack, 'print')) =>
  workerStatements({ worker: 'print', stage: stageArns(stack), queues });

function work(statements: readonly PolicyStatement[]) {
  const { clients, refused } = allowedTo(stack, statements);
  const implementation = implement(printWorker, {
    'print.page': () => null,
    'print.bind': () => null,
  });
  const { log } = memoryLog();
  const worker = workerOn({ stack, clients, implementation, log });
  started.defer(async () => worker.stop());
  return refused;
}

function watch() {
  const { clients, refused } = allowedTo(
    stack,
    platformStatements({
      stage: stageArns(stack),
      queues: queueArns(stack, 'platform'),
      workerQueues: [queueArns(stack, 'print')],
    }),
  );
  const unguarded = { dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName };
  const table = guardPlatformTable({ table: unguarded, clock: systemClock, log: quiet });
  started.defer(() => table.breaker.close());
  const queues = addressesOf(queuesEnvironment(stack.outputs));
  const flows = { advance: async () => undefined };
  const statistics = platformStatistics(unguarded);
  const shared = { sqs: clients.sqs, queues, flows, statistics, clock: systemClock };
  const watcher = startWatcher({ ...shared, fleet: printFleet, table, log: quiet, pollSeconds: 1 });
  started.defer(async () => watcher.stop());
  const own = clientsOf(stack);
  const letters = createDeadLetters({
    sqs: own.sqs,
    table: { ...unguarded, dynamodb: own.dynamodb },
    queues: () => queues,
    clock: systemClock,
  });
  return { letters, refused };
}

describe('with its role alone, a worker with priorities', () => {
  it('runs tasks of each, and its dead letters go back to each queue', async () => {
    const refused = work(ofWorker());
    const scheduler = schedulerOn(stack, clientsOf(stack));
    started.defer(() => scheduler.close());
    const handles = await Promise.all(
      PRIORITIES.map(async (priority) => scheduler.schedule(print, { n: 1 }, { priority })),
    );
    await Promise.all(handles.map(async (handle) => handle.result({ timeout: '20s' })));
    const platform = watch();
    const { sqs } = clientsOf(stack);
    const { highQueueUrl, lowQueueUrl } = serviceQueues(stack, 'print');
    for (const QueueUrl of [highQueueUrl, lowQueueUrl]) {
      const id = newTaskId('print', systemClock);
      const ids = { MessageGroupId: id, MessageDeduplicationId: id };
      const body = JSON.stringify({ v: 2, id });
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, ...ids }));
      const reasonOf = async () => (await platform.letters.get(id).catch(() => undefined))?.letter;
      await expect.poll(reasonOf, PATIENCE).toBeDefined();
      const redriven = await platform.letters.redrive(id, { timeoutMs: 15_000 });
      expect(redriven.redriven).toEqual([id]);
    }
    expect(refused).toEqual([]);
    expect(platform.refused).toEqual([]);
  }, 60_000);

  it('would be refused a queue that its role does not name', async () => {
    const { priorityQueues: _others, ...normal } = queueArns(stack, 'print');
    const refused = work(ofWorker(normal));
    await expect.poll(() => refused.length, PATIENCE).toBeGreaterThan(0);
  });

  it.each(['SendMessage', 'PurgeQueue'])('may not call %s on its queues', (action) => {
    const policy = ofWorker().map((statement): unknown => statement.toStatementJson());
    const { queue, priorityQueues = [] } = queueArns(stack, 'print');
    expect(priorityQueues).toHaveLength(2);
    for (const resource of [queue, ...priorityQueues]) {
      expect(isAllowed(policy, { action: `sqs:${action}`, resource })).toBe(false);
    }
  });
});
