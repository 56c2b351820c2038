import { type LocalStack, startStack } from '@taskfleet/infra/local';
import { systemClock } from '@taskfleet/toolbox/clock';
import { implement, PRIORITIES } from '@taskfleet/toolbox/contract';
import { createLambdaHandler } from '@taskfleet/toolbox/lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clientsOf,
  quiet,
  resourcesOf,
  schedulerOn,
  serviceQueues,
} from '../fixtures/startParts.ts';
import { print, printFleet, printWorker } from '../toolbox/priorityFleet.ts';
import { startEventSourceMapping } from './eventSourceMapping.ts';
import { sqsEvent } from './sqsEvent.ts';

let started: AsyncDisposableStack;
let stack: LocalStack;
beforeEach(async () => {
  started = new AsyncDisposableStack();
  stack = started.adopt(await startStack({ fleet: printFleet }), async (s) => s.stop());
});
afterEach(async () => started.disposeAsync());

const context = {
  getRemainingTimeInMillis: () => 60_000,
  awsRequestId: 'request',
  logStreamName: 'stream',
};

function handlerOf() {
  return createLambdaHandler({
    implementation: implement(printWorker, { 'print.page': () => null, 'print.bind': () => null }),
    clients: clientsOf(stack),
    resources: { ...resourcesOf(stack), ...serviceQueues(stack, 'print') },
    clock: systemClock,
    log: quiet,
  });
}

describe('a function of a worker with priorities', () => {
  it('runs what comes from each of its queues, and settles it there', async () => {
    const { queueUrl, highQueueUrl = '', lowQueueUrl = '' } = serviceQueues(stack, 'print');
    for (const url of [queueUrl, highQueueUrl, lowQueueUrl]) {
      const mapping = startEventSourceMapping({
        sqs: clientsOf(stack).sqs,
        queueUrl: url,
        handler: handlerOf,
        maxConcurrency: 1,
        timeoutSeconds: 60,
        visibilitySeconds: 360,
      });
      started.defer(async () => mapping.stop());
    }
    const scheduler = schedulerOn(stack, clientsOf(stack));
    started.defer(() => scheduler.close());
    const handles = await Promise.all(
      PRIORITIES.map(async (priority) => scheduler.schedule(print, { n: 1 }, { priority })),
    );
    const results = handles.map(async (handle) => handle.result({ timeout: '20s' }));
    expect(await Promise.all(results)).toEqual([null, null, null]);
  });

  it('fails an invocation of a queue that it does not know: its messages come back', async () => {
    const event = sqsEvent([{ MessageId: 'm1', Body: '{}' }], {
      queueArn: 'arn:aws:sqs:eu-central-1:1:other.fifo',
      region: 'eu-central-1',
    });
    await expect(handlerOf()(event, context)).rejects.toMatchObject({ code: 'source_unknown' });
  });
});
