import { PublishCommand } from '@aws-sdk/client-sns';
import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import {
  fleetEnvironment,
  LOCAL_REGION,
  queuesEnvironment,
  serviceEnvironment,
  startStack,
} from '@taskfleet/infra/local';
import { serviceQueues, startWatcher } from '@taskfleet/platform/dead-letters';
import { createOwnMetrics } from '@taskfleet/platform/metrics';
import { guardPlatformTable, startTracker } from '@taskfleet/platform/tracker';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { Environment } from '@taskfleet/toolbox/config';
import {
  type Handlers,
  implement,
  newProcessId,
  newTaskId,
  serializeMessage,
  type TaskId,
  type TaskMessage,
} from '@taskfleet/toolbox/contract';
import { createLog } from '@taskfleet/toolbox/log';
import { startWorker } from '@taskfleet/toolbox/runtime';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { platformStatistics } from '../fixtures/startParts.ts';
import { echoWorker, sampleFleet } from './sampleFleet.ts';

export const silent = createLog({ level: 'error', destination: { write: () => undefined } });

/** A stack on emulators for one test file, and the ways in which tests act on it. */
export type PlatformUnderTest = Awaited<ReturnType<typeof startPlatformUnderTest>>;

export async function startPlatformUnderTest() {
  const stack = await startStack({ fleet: sampleFleet });
  const { endpoints, outputs } = stack;
  const clients = createClients({ region: LOCAL_REGION, endpoints });
  const platform = serviceEnvironment({ stage: 'local', outputs, service: 'platform' });
  const table = { dynamodb: clients.dynamodb, tableName: platform.TASKFLEET_TABLE };
  const bucket = { s3: clients.s3, bucketName: platform.TASKFLEET_BUCKET };
  const guarded = guardPlatformTable({ table, clock: systemClock, log: silent });
  const statistics = platformStatistics(table);
  const topicArn = platform.TASKFLEET_TOPIC_ARN;
  const queueUrl = platform.TASKFLEET_QUEUE_URL;
  const deadLetterQueueUrl = platform.TASKFLEET_DEAD_LETTER_QUEUE_URL;
  const scheduler = createScheduler({
    sns: clients.sns,
    topicArn,
    table,
    bucket,
    clock: systemClock,
  });
  return {
    clients,
    endpoints,
    table,
    bucket,
    scheduler,
    /** Counts for tracker and watcher; it is written when a test says so, or some time later. */
    statistics,
    /** What the command line reads. */
    environment: {
      ...fleetEnvironment({ stage: 'local', outputs }),
      ...queuesEnvironment(outputs),
      AWS_REGION: LOCAL_REGION,
      AWS_ENDPOINT_URL_SNS: endpoints.sns,
      AWS_ENDPOINT_URL_SQS: endpoints.sqs,
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
      AWS_ENDPOINT_URL_S3: endpoints.s3,
    } satisfies Environment,
    startTracker: (log = silent) =>
      startTracker({
        fleet: sampleFleet,
        sqs: clients.sqs,
        table: guarded,
        statistics,
        metrics: createOwnMetrics(),
        queues: { queueUrl, deadLetterQueueUrl },
        clock: systemClock,
        log,
        pollSeconds: 1,
      }),
    /** Addresses of every service's queues. */
    queues: serviceQueues(queuesEnvironment(outputs)),
    startWatcher: (log = silent) =>
      startWatcher({
        fleet: sampleFleet,
        sqs: clients.sqs,
        table: guarded,
        statistics,
        queues: serviceQueues(queuesEnvironment(outputs)),
        flows: scheduler.flows,
        clock: systemClock,
        log,
        pollSeconds: 1,
      }),
    startEcho: (handlers: Handlers<typeof echoWorker>) =>
      startWorker({
        implementation: implement(echoWorker, handlers),
        clients,
        resources: resourcesOf(serviceEnvironment({ stage: 'local', outputs, service: 'echo' })),
        clock: systemClock,
        log: silent,
        holder: newProcessId('echo', systemClock),
        heartbeatSeconds: 0.1,
        pollSeconds: 1,
        graceSeconds: 1,
      }),
    /** Puts a body on the topic, whatever it is. */
    publish: async (body: string, deduplicationId: string = newId()) =>
      clients.sns.send(
        new PublishCommand({
          TopicArn: topicArn,
          Message: body,
          MessageGroupId: 'test',
          MessageDeduplicationId: deduplicationId,
          MessageAttributes: { worker: { DataType: 'String', StringValue: 'echo' } },
        }),
      ),
    /** Puts a body on the platform's queue alone. */
    send: async (body: string, groupId: string = newId()) =>
      clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: body,
          MessageGroupId: groupId,
          MessageDeduplicationId: newId(),
        }),
      ),
    /** Messages of the platform's queue that are waiting or being looked at. */
    left: async () => {
      const { Attributes = {} } = await clients.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: queueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
    },
    deadLetters: async (): Promise<Message[]> => {
      const { Messages = [] } = await clients.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: deadLetterQueueUrl,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          VisibilityTimeout: 0,
          WaitTimeSeconds: 0,
        }),
      );
      return Messages;
    },
    stop: async () => {
      await statistics.stop();
      guarded.breaker.close();
      for (const client of Object.values(clients)) client.destroy();
      await stack.stop();
    },
  };
}

function resourcesOf(environment: ReturnType<typeof serviceEnvironment>) {
  return {
    topicArn: environment.TASKFLEET_TOPIC_ARN,
    tableName: environment.TASKFLEET_TABLE,
    bucketName: environment.TASKFLEET_BUCKET,
    queueUrl: environment.TASKFLEET_QUEUE_URL,
    deadLetterQueueUrl: environment.TASKFLEET_DEAD_LETTER_QUEUE_URL,
  };
}

export function newId(worker = 'echo'): TaskId {
  return newTaskId(worker, systemClock);
}

/** A message as another program may send it, with what matters to a test. */
export function messageBody(given: Partial<TaskMessage> = {}): string {
  const id = given.id ?? newId();
  return serializeMessage({
    v: 1,
    id,
    task: 'echo.say',
    input: { text: 'hello' },
    root: id,
    createdAt: Date.now(),
    ...given,
  });
}
