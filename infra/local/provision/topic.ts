import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  paginateListTopics,
  SetTopicAttributesCommand,
  type SNSClient,
} from '@aws-sdk/client-sns';
import { z } from 'zod';
import { DriftError, ProvisionError } from '../../errors.ts';
import { type Attributes, differences } from './differences.ts';
import { resourceKind } from './resourceKind.ts';

const schema = z.strictObject({
  TopicName: z.string(),
  FifoTopic: z.literal(true),
  ContentBasedDeduplication: z.boolean().default(false),
  FifoThroughputScope: z.string().default('Topic'),
});

export const topicKind = resourceKind({
  type: 'AWS::SNS::Topic',
  schema,
  async apply({ properties: { TopicName, ...properties } }, { clients: { sns } }) {
    const wanted = topicAttributes(properties);
    const arn = (await findTopic(sns, TopicName)) ?? (await createTopic(sns, TopicName, wanted));
    await changeAttributes(sns, arn, wanted);
    return { ref: arn, attributes: { TopicArn: arn, TopicName } };
  },
});

function topicAttributes(properties: Omit<z.output<typeof schema>, 'TopicName'>): Attributes {
  const entries = Object.entries(properties).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries);
}

/** SNS finds no topic by its name, and the account in its ARN is the emulator's choice. */
async function findTopic(client: SNSClient, name: string): Promise<string | undefined> {
  for await (const { Topics = [] } of paginateListTopics({ client }, {})) {
    const found = Topics.find(({ TopicArn }) => TopicArn?.endsWith(`:${name}`));
    if (found) return found.TopicArn;
  }
  return undefined;
}

async function createTopic(sns: SNSClient, Name: string, Attributes: Attributes): Promise<string> {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name, Attributes }));
  if (TopicArn === undefined) throw new ProvisionError(`topic ${Name} was made without an ARN`);
  return TopicArn;
}

async function changeAttributes(
  sns: SNSClient,
  TopicArn: string,
  wanted: Attributes,
): Promise<void> {
  const { Attributes: stored = {} } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  for (const [AttributeName, AttributeValue] of Object.entries(differences(wanted, stored))) {
    const change = { TopicArn, AttributeName, AttributeValue };
    try {
      await sns.send(new SetTopicAttributesCommand(change));
    } catch (cause) {
      throw new DriftError(AttributeName, stored[AttributeName], AttributeValue, { cause });
    }
  }
}
