import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import {
  fleetEnvironment,
  LOCAL_REGION,
  serviceEnvironment,
  startStack,
} from '@taskfleet/infra/local';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { type TaskId, type TaskMessage, type TaskRecord } from '@taskfleet/toolbox/contract';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { readTasks } from '@taskfleet/toolbox/table';
import { randomUUID } from 'node:crypto';
import { notesFleet } from './notesFleet.ts';

export type NotesStack = Awaited<ReturnType<typeof startNotesStack>>;

/** The example fleet on emulators, and what tests do with it. */
export async function startNotesStack() {
  const stack = await startStack({ fleet: notesFleet });
  const clients = createClients({ region: LOCAL_REGION, endpoints: stack.endpoints });
  const fleet = fleetEnvironment({ stage: 'local', outputs: stack.outputs });
  const table = { dynamodb: clients.dynamodb, tableName: fleet.TASKFLEET_TABLE };
  const queuesOf = (service: string) => {
    const own = serviceEnvironment({ stage: 'local', outputs: stack.outputs, service });
    return {
      queueUrl: own.TASKFLEET_QUEUE_URL,
      deadLetterQueueUrl: own.TASKFLEET_DEAD_LETTER_QUEUE_URL,
    };
  };
  const resources = {
    topicArn: fleet.TASKFLEET_TOPIC_ARN,
    tableName: fleet.TASKFLEET_TABLE,
    bucketName: fleet.TASKFLEET_BUCKET,
    ...queuesOf('notes'),
  };
  const bucket = { s3: clients.s3, bucketName: resources.bucketName };
  const receive = async (QueueUrl: string, VisibilityTimeout = 30) => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      VisibilityTimeout,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 0,
      MessageAttributeNames: ['All'],
    });
    return (await clients.sqs.send(command)).Messages ?? [];
  };
  return {
    ...stack,
    clients,
    table,
    resources,
    queuesOf,
    receive,
    bucket,
    scheduler: createScheduler({
      ...resources,
      sns: clients.sns,
      table,
      bucket,
      clock: systemClock,
    }),
    /** What a queue holds, in the order of receiving; it stays hidden for a while. */
    messagesIn: async (service: string): Promise<TaskMessage[]> => {
      const all: TaskMessage[] = [];
      for (;;) {
        const some = await receive(queuesOf(service).queueUrl);
        if (some.length === 0) return all;
        all.push(...some.map(({ Body = '' }) => JSON.parse(Body) as TaskMessage));
      }
    },
    /** Puts a body into the worker's queue, past the topic. */
    deliver: async (body: string) =>
      clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: resources.queueUrl,
          MessageBody: body,
          MessageGroupId: randomUUID(),
          MessageDeduplicationId: randomUUID(),
        }),
      ),
    recordOf: async (id: TaskId): Promise<TaskRecord | undefined> =>
      (await readTasks(table, [id]))[0],
  };
}
