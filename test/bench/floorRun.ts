import { BatchWriteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishBatchCommand } from '@aws-sdk/client-sns';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { LocalStack } from '@taskfleet/infra/local';
import type { Clients } from '@taskfleet/toolbox/aws';
import { clientsOf, resourcesOf, serviceQueues } from '../fixtures/startParts.ts';
import { drained, type Run } from './fleetRun.ts';
import { meter } from './meter.ts';

type Stack = Pick<LocalStack, 'endpoints' | 'outputs'>;

/** The floor: the least code that makes the same calls, without validation, leases, retries or order. */
export async function floorRun(stack: Stack, tasks: number): Promise<Run> {
  const clients = clientsOf(stack);
  const counted = meter(clients);
  const startedAt = performance.now();
  const publishing = publishAll(stack, clients, tasks);
  const working = consume(clients, serviceQueues(stack, 'sum').queueUrl, tasks, async (messages) =>
    Promise.all(messages.map(async (message) => runOne(stack, clients, message))),
  );
  const tracking = consume(
    clients,
    serviceQueues(stack, 'platform').queueUrl,
    tasks,
    async (messages) => keepAll(stack, clients, messages),
  );
  await Promise.all([publishing, working, tracking]);
  await drained(stack);
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    seconds,
    requests: counted.requests,
    writeUnits: counted.writeUnits,
    loadedMs: [],
    idleMs: [],
  };
}

const round = { value: 0 };

/** Four requests under way, as the scheduler has. */
async function publishAll(stack: Stack, { sns }: Clients, tasks: number): Promise<void> {
  round.value += 1;
  const ids = Array.from(
    { length: tasks },
    (_, i) => `sum_floor-${process.pid}-${round.value}-${i}`,
  );
  const batches = Array.from({ length: Math.ceil(tasks / 10) }, (_, i) =>
    ids.slice(i * 10, i * 10 + 10),
  );
  const publisher = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const entries = batch.map((id) => ({
        Id: id,
        Message: JSON.stringify({ id, a: 1, b: 1 }),
        MessageGroupId: id,
        MessageDeduplicationId: id,
        MessageAttributes: { worker: { DataType: 'String', StringValue: 'sum' } },
      }));
      const TopicArn = resourcesOf(stack).topicArn;
      await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
    }
  };
  await Promise.all([publisher(), publisher(), publisher(), publisher()]);
}

async function consume(
  { sqs }: Clients,
  queueUrl: string,
  expected: number,
  handle: (messages: readonly Message[]) => Promise<unknown>,
): Promise<void> {
  let seen = 0;
  const handling: Promise<void>[] = [];
  while (seen < expected) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
      }),
    );
    seen += Messages.length;
    if (Messages.length > 0) handling.push(handleAndDelete(Messages));
  }
  await Promise.all(handling);

  async function handleAndDelete(messages: readonly Message[]): Promise<void> {
    await handle(messages);
    const Entries = messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

function idOf({ Body = '' }: Message): string {
  return (JSON.parse(Body) as { id: string }).id;
}

/** Claim and result: two conditional updates. */
async function runOne(stack: Stack, { dynamodb }: Clients, message: Message): Promise<void> {
  const TableName = resourcesOf(stack).tableName;
  const Key = marshall({ pk: `result#${idOf(message)}` });
  const names = { '#state': 'state' };
  await dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET #state = :running',
      ConditionExpression: 'attribute_not_exists(#state)',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: marshall({ ':running': 'running' }),
    }),
  );
  await dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET #state = :done, #output = :output',
      ConditionExpression: '#state = :running',
      ExpressionAttributeNames: { ...names, '#output': 'output' },
      ExpressionAttributeValues: marshall({
        ':running': 'running',
        ':done': 'succeeded',
        ':output': '2',
      }),
    }),
  );
}

async function keepAll(
  stack: Stack,
  { dynamodb }: Clients,
  messages: readonly Message[],
): Promise<void> {
  const puts = messages.map((message, i) => ({
    PutRequest: {
      Item: marshall({
        pk: `task#${idOf(message)}`,
        task: 'sum.add',
        input: message.Body,
        recentShard: String(i % 8),
        recentAt: Date.now(),
      }),
    },
  }));
  const RequestItems = { [resourcesOf(stack).tableName]: puts };
  await dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
}
