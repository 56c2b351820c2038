import {
  type HeldMessage,
  sendToDeadLetterQueue,
  type Settlement,
  type SettlingQueue,
  sqsSettling,
  type SqsSettlingOptions,
} from '../../consume/index.ts';
import { InvocationTooShortError } from '../errors.ts';
import { handleMessage } from '../handleMessage.ts';
import { createHandling, type Handling, type HandlingOptions, logStarted } from '../handling.ts';
import { addressedQueues, queueOfSource } from '../workerQueues.ts';
import { type BatchResponse, type InvocationContext, readEvent, sourceOf } from './event.ts';
import { handleBatch } from './handleBatch.ts';
import { InvocationTime, RELEASE_BEFORE_END_MS } from './invocationTime.ts';
import { within } from './within.ts';

/** What Lambda calls, with an SQS event of the worker's queue. */
export type LambdaHandler = (event: unknown, context: InvocationContext) => Promise<BatchResponse>;

/** How long an invocation waits for its breaker's next look at the table: a frozen process does not look. */
const TABLE_WITHIN_MS = 10_000;

/** While the table is away, each receive brings a message nearer to the dead-letter queue: the pause grows with their number. */
const TABLE_AWAY_SECONDS = 30;
const LONGEST_TABLE_AWAY_SECONDS = 900;

/** The handler of one execution environment, with everything given: what `lambdaHandler` makes from the environment. */
export function createLambdaHandler(options: HandlingOptions): LambdaHandler {
  const { implementation, clients, resources, clock } = options;
  const { name, concurrency } = implementation.worker;
  const handling = createHandling(options);
  const { sqs } = clients;
  const { deadLetterQueueUrl } = resources;
  const queues = addressedQueues(implementation.worker, resources).map(
    ({ queueUrl, routingKey }) => ({
      queueUrl,
      settling: batchQueue({ sqs, queueUrl, deadLetterQueueUrl, routingKey }),
    }),
  );
  logStarted(handling);
  const started = handling.hooks.call('onWorkerStart', () => ({ worker: name }));
  return async (event, context) => {
    await started;
    const messages = readEvent(event);
    if (messages.length === 0) return { batchItemFailures: [] };
    const log = handling.log.child({ requestId: context.awsRequestId });
    const { settling: queue } = queueOfSource(queues, sourceOf(event));
    using time = timeOf(context);
    await tableOrPatience(handling, time);
    // Once the table is known to be away, waiting for it is paid for by the second.
    const waitsForTable = () => !handling.breaker.whenAvailable() && !time.isOver();
    const holder = context.logStreamName;
    const own = { ...handling, log, holder, stopping: time.stopping, waitsForTable };
    const handle = async (held: HeldMessage) =>
      handling.breaker.whenAvailable() ? untilTableIsBack(held) : handleMessage(own, held);
    const batch = { queue, concurrency, clock, time, handle, log };
    const back = await handleBatch(batch, messages);
    // Nobody says when the environment ends, and until the next invocation it stands still.
    if (!handling.breaker.whenAvailable()) await handling.statistics.flush();
    return { batchItemFailures: back.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

/** The queue but for its deletes: what is not reported as failed is deleted by the event source mapping. */
function batchQueue(options: SqsSettlingOptions): SettlingQueue {
  return {
    ...sqsSettling(options),
    delete: async () => undefined,
    deadLetter: async (message, reason) => sendToDeadLetterQueue(options, message, reason),
  };
}

function timeOf(context: InvocationContext): InvocationTime {
  const remainingMs = context.getRemainingTimeInMillis();
  // Every message would go back unstarted, until its queue gives it up.
  if (remainingMs <= RELEASE_BEFORE_END_MS) {
    throw new InvocationTooShortError(remainingMs, RELEASE_BEFORE_END_MS);
  }
  return new InvocationTime(() => context.getRemainingTimeInMillis());
}

async function tableOrPatience(handling: Handling, { stopping }: InvocationTime): Promise<void> {
  const { breaker, clock } = handling;
  const back = breaker.whenAvailable();
  if (back) await within(back, TABLE_WITHIN_MS, { clock, stopping });
}

function untilTableIsBack({ receiveCount }: HeldMessage): Settlement {
  const seconds = Math.min(TABLE_AWAY_SECONDS * receiveCount, LONGEST_TABLE_AWAY_SECONDS);
  return { kind: 'hide', seconds };
}
