import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  paginateListSubscriptionsByTopic,
  type SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import { look, type Seen } from '../seen.ts';
import type { Attributes } from './queue.ts';

export interface SubscriptionSeen {
  /** `PendingConfirmation` where nobody has agreed to it yet. */
  readonly arn: string;
  readonly protocol: string;
  /** Who gets the messages: the ARN of a queue, an e-mail address. */
  readonly endpoint: string;
  readonly attributes: Seen<Attributes>;
}

export interface TopicSeen {
  readonly arn: string;
  readonly attributes: Seen<Attributes>;
  readonly subscriptions: Seen<readonly SubscriptionSeen[]>;
}

export async function observeTopic(sns: SNSClient, arn: string): Promise<TopicSeen> {
  const [attributes, subscriptions] = await Promise.all([
    look(async () => {
      const answer = await sns.send(new GetTopicAttributesCommand({ TopicArn: arn }));
      return answer.Attributes ?? {};
    }),
    look(async () => {
      const listed = await listSubscriptions(sns, arn);
      return Promise.all(listed.map(async (entry) => observeSubscription(sns, entry)));
    }),
  ]);
  return { arn, attributes, subscriptions };
}

async function listSubscriptions(client: SNSClient, TopicArn: string): Promise<Subscription[]> {
  const listed: Subscription[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
    listed.push(...(page.Subscriptions ?? []));
  }
  return listed;
}

async function observeSubscription(
  sns: SNSClient,
  { SubscriptionArn = '', Protocol = '', Endpoint = '' }: Subscription,
): Promise<SubscriptionSeen> {
  const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
  return {
    arn: SubscriptionArn,
    protocol: Protocol,
    endpoint: Endpoint,
    attributes: await look(async () => (await sns.send(command)).Attributes ?? {}),
  };
}
