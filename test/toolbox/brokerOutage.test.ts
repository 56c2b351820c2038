import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { systemClock } from '@taskfleet/toolbox/clock';
import { UnavailableError } from '@taskfleet/toolbox/contract';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { afterEach, describe, expect, it } from 'vitest';
import { clientsOf, resourcesOf, serviceQueues } from '../fixtures/startParts.ts';
import { addNote, notesFleet } from './notesFleet.ts';
import { startRestartableStack } from './restartableStack.ts';

const started = new AsyncDisposableStack();
afterEach(async () => started.disposeAsync());

async function startScheduling() {
  const stack = started.adopt(await startRestartableStack(notesFleet), async (s) => s.stop());
  const clients = clientsOf(stack);
  const { topicArn, tableName } = resourcesOf(stack);
  const scheduler = createScheduler({
    sns: clients.sns,
    topicArn,
    table: { dynamodb: clients.dynamodb, tableName },
    clock: systemClock,
    breaker: { probeIntervalMs: 100 },
  });
  started.defer(() => scheduler.close());
  const receive = new ReceiveMessageCommand({
    QueueUrl: serviceQueues(stack, 'notes').queueUrl,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 1,
  });
  return { stack, scheduler, received: async () => (await clients.sqs.send(receive)).Messages };
}

describe('a broker that goes away', () => {
  it('is told to 500 callers, and found back without any of them', async () => {
    const { stack, scheduler, received } = await startScheduling();
    await stack.queues.stop();
    const calls = Array.from({ length: 500 }, async () =>
      scheduler.schedule(addNote, { text: 'x' }),
    );
    const outcomes = await Promise.allSettled(calls);
    for (const outcome of outcomes) {
      const { reason } = outcome as PromiseRejectedResult;
      expect(reason).toBeInstanceOf(UnavailableError);
      expect((reason as UnavailableError).retryAfterMs).toBeGreaterThan(0);
    }
    expect(scheduler.availability().available).toBe(false);

    await stack.queues.restart();
    const isAvailable = () => scheduler.availability().available;
    await expect.poll(isAvailable, { timeout: 10_000 }).toBe(true);
    const { id } = await scheduler.schedule(addNote, { text: 'x' });
    const messages = await received();
    expect(messages?.map(({ Body = '' }) => JSON.parse(Body).id)).toEqual([id]);
  });
});
