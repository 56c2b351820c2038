import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { BatchResponse, InvocationContext, LambdaHandler } from '@taskfleet/toolbox/lambda';
import { type EventOptions, sqsEvent } from './sqsEvent.ts';

export interface MappingOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Makes the handler of a new execution environment. */
  readonly handler: () => LambdaHandler;
  /** Invocations at the same time; each environment has one after the other. */
  readonly maxConcurrency: number;
  readonly timeoutSeconds: number;
  readonly visibilitySeconds: number;
}

export interface EventSourceMapping {
  /** Takes nothing new, and resolves when the invocations under way have ended. */
  stop(): Promise<void>;
  /** Brings the invocations under way near to their end. */
  hurry(): void;
  readonly events: readonly ReturnType<typeof sqsEvent>[];
}

/** What is left of an invocation that is to end: less than it needs to begin anything. */
const NEAR_THE_END_MS = 10_000;

/** As AWS's own: receives a batch, invokes the function with it, and deletes what the function does not report. */
export function startEventSourceMapping(options: MappingOptions): EventSourceMapping {
  const stopping = new AbortController();
  const events: ReturnType<typeof sqsEvent>[] = [];
  const underWay = new Set<{ endsAt: number }>();
  const invoke = async (handler: LambdaHandler, messages: readonly Message[]) => {
    const event = sqsEvent(messages, await sourceOf(options));
    events.push(event);
    const invocation = { endsAt: performance.now() + options.timeoutSeconds * 1_000 };
    underWay.add(invocation);
    const context: InvocationContext = {
      getRemainingTimeInMillis: () => invocation.endsAt - performance.now(),
      awsRequestId: `request-${events.length}`,
      logStreamName: '2026/11/21/[$LATEST]0a',
    };
    try {
      await deleteDone(options, messages, await handler(event, context));
    } finally {
      underWay.delete(invocation);
    }
  };
  const environment = async () => {
    const handler = options.handler();
    while (!stopping.signal.aborted) {
      const messages = await receiveBatch(options);
      if (messages.length > 0) await invoke(handler, messages);
    }
  };
  const environments = Array.from({ length: options.maxConcurrency }, environment);
  return {
    events,
    stop: async () => {
      stopping.abort();
      await Promise.all(environments);
    },
    hurry: () => {
      for (const invocation of underWay) invocation.endsAt = performance.now() + NEAR_THE_END_MS;
    },
  };
}

async function sourceOf({ sqs, queueUrl }: MappingOptions): Promise<EventOptions> {
  const command = new GetQueueAttributesCommand({
    QueueUrl: queueUrl,
    AttributeNames: ['QueueArn'],
  });
  const { Attributes } = await sqs.send(command);
  return { queueArn: Attributes?.QueueArn ?? '', region: await sqs.config.region() };
}

/** The next messages, ten at most, with everything that an event has of them. */
export async function receiveBatch({
  sqs,
  queueUrl,
  visibilitySeconds,
}: Pick<MappingOptions, 'sqs' | 'queueUrl' | 'visibilitySeconds'>): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 1,
    VisibilityTimeout: visibilitySeconds,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  return (await sqs.send(command)).Messages ?? [];
}

async function deleteDone(
  { sqs, queueUrl }: MappingOptions,
  messages: readonly Message[],
  response: BatchResponse,
): Promise<void> {
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  // An id that the batch does not have keeps all of it, as on AWS.
  if ([...failed].some((id) => !known.has(id))) return;
  const done = messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
  if (done.length === 0) return;
  const Entries = done.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
}
