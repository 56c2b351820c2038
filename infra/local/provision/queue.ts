import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { DriftError, ProvisionError } from '../../errors.ts';
import { type Attributes, differences, withoutEmpty } from './differences.ts';
import { resourceKind } from './resourceKind.ts';

/** Defaults are CloudFormation's, so that a property taken out of the template is taken back on the emulator. */
const schema = z.strictObject({
  QueueName: z.string(),
  FifoQueue: z.literal(true),
  ContentBasedDeduplication: z.boolean().default(false),
  DeduplicationScope: z.string().default('queue'),
  FifoThroughputLimit: z.string().default('perQueue'),
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(345_600),
  ReceiveMessageWaitTimeSeconds: z.number().default(0),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() })
    .optional(),
});

export const queueKind = resourceKind({
  type: 'AWS::SQS::Queue',
  schema,
  leftOut: { SqsManagedSseEnabled: 'the emulator encrypts nothing' },
  async apply({ properties: { QueueName, ...properties } }, { clients: { sqs } }) {
    const wanted = queueAttributes(properties);
    const found = await findQueue(sqs, QueueName);
    const url = found ?? (await createQueue(sqs, QueueName, wanted));
    const stored = await readAttributes(sqs, url);
    await changeAttributes(sqs, url, { wanted, stored });
    return { ref: url, attributes: { Arn: arnOf(stored), QueueName, QueueUrl: url } };
  },
});

type QueueProperties = Omit<z.output<typeof schema>, 'QueueName'>;

function queueAttributes({ RedrivePolicy, ...properties }: QueueProperties): Attributes {
  const plain = Object.entries(properties).map(([name, value]) => [name, String(value)]);
  return {
    ...Object.fromEntries(plain),
    RedrivePolicy: RedrivePolicy ? JSON.stringify(RedrivePolicy) : '',
  };
}

async function findQueue(sqs: SQSClient, QueueName: string): Promise<string | undefined> {
  try {
    return (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  }
}

async function createQueue(
  sqs: SQSClient,
  QueueName: string,
  attributes: Attributes,
): Promise<string> {
  const command = new CreateQueueCommand({ QueueName, Attributes: withoutEmpty(attributes) });
  const { QueueUrl } = await sqs.send(command);
  if (QueueUrl === undefined) throw new ProvisionError(`queue ${QueueName} was made without a URL`);
  return QueueUrl;
}

async function readAttributes(sqs: SQSClient, QueueUrl: string): Promise<Attributes> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return { ...UNTOLD, ...(await sqs.send(command)).Attributes };
}

/** What a queue is that says nothing of it: an emulator without these attributes refuses even to be set to them. */
const UNTOLD = { DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' } as const;

/** Only what differs is sent: some emulators refuse to set what a queue was created with, even to the same value. */
async function changeAttributes(
  sqs: SQSClient,
  QueueUrl: string,
  { wanted, stored }: Readonly<Record<'wanted' | 'stored', Attributes>>,
): Promise<void> {
  for (const [name, value] of Object.entries(differences(wanted, stored))) {
    try {
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { [name]: value } }));
    } catch (cause) {
      throw new DriftError(name, stored[name], value, { cause });
    }
  }
}

function arnOf({ QueueArn }: Attributes): string {
  if (QueueArn === undefined) throw new ProvisionError('the emulator gave a queue without an ARN');
  return QueueArn;
}
