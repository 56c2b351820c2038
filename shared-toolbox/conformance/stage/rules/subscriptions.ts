import { WORKER_ATTRIBUTE } from '../../../contract/index.ts';
import { type Check, kept } from '../check.ts';
import type { Attributes } from '../observe/queue.ts';
import type { StageSeen } from '../observe/stage.ts';
import type { SubscriptionSeen } from '../observe/topic.ts';
import { type Place, setBack } from '../place.ts';
import { checkAttributes } from './attributes.ts';
import { examine, judge } from './judge.ts';

/** A service whose queue is to get tasks. */
export interface Subscriber {
  readonly service: string;
  /** Whose tasks alone it gets; undefined for the platform, which gets a copy of all. */
  readonly worker: string | undefined;
}

/** Who gets the topic's messages: every service what is its own, and nobody else anything. */
export function checkSubscriptions(
  { topic, services }: StageSeen,
  subscribers: readonly Subscriber[],
  place: Place,
): Check[] {
  const { subscriptions } = topic;
  if (subscriptions.kind !== 'seen') {
    return [...examine('subscriptions', subscriptions, place, () => [])];
  }
  const endpointOf = (service: string) => queueArn(topic.arn, services.get(service)?.queueUrl);
  const deployed = subscribers.filter(({ service }) => services.has(service));
  const own = new Set([...services.keys()].map(endpointOf));
  return [
    ...deployed.flatMap((subscriber) => {
      const endpoint = endpointOf(subscriber.service);
      const found = subscriptions.value.find((other) => other.endpoint === endpoint);
      return checkSubscription(subscriber, found, place);
    }),
    ...strangers(subscriptions.value.filter(({ endpoint }) => !own.has(endpoint))),
  ];
}

/** A stage's queues are in the account and region of its topic. */
function queueArn(topicArn: string, queueUrl = ''): string {
  const [arn, partition, , region, account] = topicArn.split(':');
  return [arn, partition, 'sqs', region, account, queueUrl.split('/').at(-1)].join(':');
}

function checkSubscription(
  { service, worker }: Subscriber,
  found: SubscriptionSeen | undefined,
  place: Place,
): readonly Check[] {
  const subject = `subscription of ${service}`;
  const seen = found?.attributes ?? { kind: 'absent' as const };
  const command = setAttribute(found?.arn ?? '');
  return examine(subject, seen, place, (attributes) => [
    ...checkAttributes({ subject, attributes, place, expectations: [RAW], command }),
    checkFilter({
      subject,
      attributes,
      worker,
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
  readonly worker: string | undefined;
  readonly mend: (policy: string) => string;
}

/** An absent policy lets everything through; emulators may say so with an empty text. */
function checkFilter({ subject, attributes, worker, mend }: FilterToCheck): Check {
  const FilterPolicy = attributes['FilterPolicy'] || '{}';
  const FilterPolicyScope = attributes['FilterPolicyScope'] || 'MessageAttributes';
  const expected = JSON.stringify(worker === undefined ? {} : { [WORKER_ATTRIBUTE]: [worker] });
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
