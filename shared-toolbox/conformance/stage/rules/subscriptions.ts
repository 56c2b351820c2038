import { WORKER_ATTRIBUTE } from '../../../contract/index.ts';
import { type Check, kept } from '../check.ts';
import type { Attributes } from '../observe/queue.ts';
import type { SubscriptionSeen, TopicSeen } from '../observe/topic.ts';
import { type Place, setBack } from '../place.ts';
import { checkAttributes } from './attributes.ts';
import { examine, judge } from './judge.ts';

/** A queue that is to get tasks. */
export interface Subscriber {
  /** Of the queue, within its stage. */
  readonly name: string;
  readonly queueUrl: string;
  /** What it alone gets; undefined for the platform, which gets a copy of all. */
  readonly routingKey: string | undefined;
}

export interface SubscribersToCheck {
  readonly subscribers: readonly Subscriber[];
  /** Addresses of all queues that may be subscribed. */
  readonly known: readonly string[];
}

/** Who gets the topic's messages: every service what is its own, and nobody else anything. */
export function checkSubscriptions(
  topic: TopicSeen,
  { subscribers, known }: SubscribersToCheck,
  place: Place,
): Check[] {
  const { subscriptions } = topic;
  if (subscriptions.kind !== 'seen') {
    return [...examine('subscriptions', subscriptions, place, () => [])];
  }
  const own = new Set(known.map((url) => queueArn(topic.arn, url)));
  return [
    ...subscribers.flatMap((subscriber) => {
      const endpoint = queueArn(topic.arn, subscriber.queueUrl);
      const found = subscriptions.value.find((other) => other.endpoint === endpoint);
      return checkSubscription(subscriber, found, place);
    }),
    ...strangers(subscriptions.value.filter(({ endpoint }) => !own.has(endpoint))),
  ];
}

/** A stage's queues are in the account and region of its topic. */
function queueArn(topicArn: string, queueUrl: string): string {
  const [arn, partition, , region, account] = topicArn.split(':');
  return [arn, partition, 'sqs', region, account, queueUrl.split('/').at(-1)].join(':');
}

function checkSubscription(
  { name, routingKey }: Subscriber,
  found: SubscriptionSeen | undefined,
  place: Place,
): readonly Check[] {
  const subject = `subscription of ${name}`;
  const seen = found?.attributes ?? { kind: 'absent' as const };
  const command = setAttribute(found?.arn ?? '');
  return examine(subject, seen, place, (attributes) => [
    ...checkAttributes({ subject, attributes, place, expectations: [RAW], command }),
    checkFilter({
      subject,
      attributes,
      routingKey,
      mend: (policy) => setBack(place, command('FilterPolicy', policy)),
    }),
  ]);
}

const RAW = { rule: 'raw delivery', attribute: 'RawMessageDelivery', expected: 'true' } as const;

function setAttribute(arn: string) {
  return (attribute: string, value: string) =>
    `aws sns set-subscription-attributes --subscription-arn ${arn} --attribute-name ${attribute} --attribute-value '${value}'`;
}

interface FilterToCheck {
  readonly subject: string;
  readonly attributes: Attributes;
  readonly routingKey: string | undefined;
  readonly mend: (policy: string) => string;
}

/** An absent policy lets everything through; emulators may say so with an empty text. */
function checkFilter({ subject, attributes, routingKey, mend }: FilterToCheck): Check {
  const FilterPolicy = attributes['FilterPolicy'] || '{}';
  const FilterPolicyScope = attributes['FilterPolicyScope'] || 'MessageAttributes';
  const expected = JSON.stringify(
    routingKey === undefined ? {} : { [WORKER_ATTRIBUTE]: [routingKey] },
  );
  const got = `${FilterPolicy} on ${FilterPolicyScope}`;
  return judge({
    subject,
    rule: 'filter policy',
    isKept: compact(FilterPolicy) === expected && FilterPolicyScope === 'MessageAttributes',
    cause: `expected ${expected} on MessageAttributes, got ${got}`,
    mend: mend(expected),
  });
}

/** JSON without the spaces that whoever wrote it may have put in. */
function compact(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}

/** Each is billed for every message, and reads every input. */
function strangers(found: readonly SubscriptionSeen[]): Check[] {
  const subject = 'subscriptions';
  const rule = 'of services only';
  if (found.length === 0) return [kept(subject, rule)];
  return found.map(({ arn, protocol, endpoint }) => ({
    subject,
    rule,
    verdict: 'error',
    cause: `${protocol} ${endpoint} gets tasks too, and is no service of this stage`,
    mend: `aws sns unsubscribe --subscription-arn ${arn}`,
  }));
}
