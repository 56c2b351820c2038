import {
  GetSubscriptionAttributesCommand,
  paginateListSubscriptionsByTopic,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { z } from 'zod';
import { DriftError, ProvisionError } from '../../errors.ts';
import { type Attributes, differences } from './differences.ts';
import { resourceKind } from './resourceKind.ts';

const schema = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.literal('sqs'),
  Endpoint: z.string(),
  RawMessageDelivery: z.boolean().default(false),
  /** An empty policy lets everything through, and is how SNS takes one back. */
  FilterPolicy: z.record(z.string(), z.array(z.unknown())).default({}),
});

type SubscriptionProperties = z.output<typeof schema>;

export const subscriptionKind = resourceKind({
  type: 'AWS::SNS::Subscription',
  schema,
  async apply({ properties }, { clients: { sns } }) {
    const arn = (await findSubscription(sns, properties)) ?? (await subscribe(sns, properties));
    await changeAttributes(sns, arn, subscriptionAttributes(properties));
    return { ref: arn, attributes: { Arn: arn } };
  },
});

function subscriptionAttributes(properties: SubscriptionProperties): Attributes {
  return {
    RawMessageDelivery: String(properties.RawMessageDelivery),
    FilterPolicy: JSON.stringify(properties.FilterPolicy),
  };
}

async function findSubscription(
  client: SNSClient,
  { TopicArn, Protocol, Endpoint }: SubscriptionProperties,
): Promise<string | undefined> {
  for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
    const found = page.Subscriptions?.find((other) => {
      return other.Protocol === Protocol && other.Endpoint === Endpoint;
    });
    if (found) return found.SubscriptionArn;
  }
  return undefined;
}

async function subscribe(sns: SNSClient, properties: SubscriptionProperties): Promise<string> {
  const { TopicArn, Protocol, Endpoint } = properties;
  const Attributes = subscriptionAttributes(properties);
  const command = new SubscribeCommand({
    TopicArn,
    Protocol,
    Endpoint,
    Attributes,
    ReturnSubscriptionArn: true,
  });
  const { SubscriptionArn } = await sns.send(command);
  if (SubscriptionArn !== undefined) return SubscriptionArn;
  throw new ProvisionError(`${Endpoint} was subscribed without an ARN`);
}

async function changeAttributes(
  sns: SNSClient,
  SubscriptionArn: string,
  wanted: Attributes,
): Promise<void> {
  const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
  const stored: Attributes = { FilterPolicy: '{}', ...(await sns.send(command)).Attributes };
  for (const [AttributeName, AttributeValue] of Object.entries(differences(wanted, stored))) {
    const change = { SubscriptionArn, AttributeName, AttributeValue };
    try {
      await sns.send(new SetSubscriptionAttributesCommand(change));
    } catch (cause) {
      throw new DriftError(AttributeName, stored[AttributeName], AttributeValue, { cause });
    }
  }
}
