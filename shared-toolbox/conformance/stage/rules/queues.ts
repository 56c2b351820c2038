import { z } from 'zod';
import { EVERY_QUEUE, type QueueSettings } from '../../../contract/index.ts';
import type { Check } from '../check.ts';
import type { Attributes, ServiceSeen } from '../observe/queue.ts';
import { type Place, setBack } from '../place.ts';
import type { Seen } from '../seen.ts';
import { checkAttributes, type Expectation } from './attributes.ts';
import { examine, judge } from './judge.ts';

const DAY_SECONDS = 86_400;

/** As infra/constructs/serviceQueue.ts declares every queue. */
const COMMON: readonly Expectation[] = [
  { rule: 'is FIFO', attribute: 'FifoQueue', expected: 'true' },
  {
    rule: 'no deduplication by content',
    attribute: 'ContentBasedDeduplication',
    expected: 'false',
  },
  { rule: 'deduplication scope', attribute: 'DeduplicationScope', expected: 'messageGroup' },
  { rule: 'throughput limit', attribute: 'FifoThroughputLimit', expected: 'perMessageGroupId' },
  {
    rule: 'receive wait',
    attribute: 'ReceiveMessageWaitTimeSeconds',
    expected: String(EVERY_QUEUE.receiveWaitSeconds),
    severity: 'warning',
  },
  {
    rule: 'encryption',
    attribute: 'SqsManagedSseEnabled',
    expected: 'true',
    notLocal: 'the emulator encrypts nothing',
  },
];

const retention = (days: number): Expectation => ({
  rule: 'retention',
  attribute: 'MessageRetentionPeriod',
  expected: String(days * DAY_SECONDS),
});

export interface ServiceToCheck {
  /** `platform`, or a worker's name. */
  readonly service: string;
  readonly seen: ServiceSeen;
  readonly settings: QueueSettings;
  readonly place: Place;
}

/** One of a service's queues against its contract. `name`: of the queue, within its stage. */
export function checkQueue(
  name: string,
  { seen, settings, place }: Omit<ServiceToCheck, 'service'>,
): Check[] {
  const subject = `queue of ${name}`;
  return [
    ...examine(subject, seen.queue, place, (attributes) => [
      ...checkAttributes({
        subject,
        attributes,
        place,
        expectations: [
          ...COMMON,
          retention(EVERY_QUEUE.retentionDays),
          {
            rule: 'visibility timeout',
            attribute: 'VisibilityTimeout',
            expected: String(settings.visibilityTimeoutSeconds),
          },
        ],
        command: setAttribute(seen.queueUrl),
      }),
      checkRedrive({ subject, attributes, seen, settings, place }),
    ]),
  ];
}

/** The dead letters of a service, which all of its queues share. */
export function checkDeadLetters({
  service,
  seen,
  place,
}: Omit<ServiceToCheck, 'settings'>): Check[] {
  const dead = `dead letters of ${service}`;
  return [
    ...examine(dead, seen.deadLetters, place, (attributes) => [
      ...checkAttributes({
        subject: dead,
        attributes,
        place,
        expectations: [...COMMON, retention(EVERY_QUEUE.deadLetterRetentionDays)],
        command: setAttribute(seen.deadLetterQueueUrl),
      }),
      checkLetters(dead, service, attributes),
    ]),
  ];
}

function setAttribute(url: string) {
  return (attribute: string, value: string) =>
    `aws sqs set-queue-attributes --queue-url ${url} --attributes '${JSON.stringify({ [attribute]: value })}'`;
}

const redrivePolicy = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number(),
});

interface RedriveToCheck extends Omit<ServiceToCheck, 'service'> {
  readonly subject: string;
  readonly attributes: Attributes;
}

/** Without a policy, SQS leaves the attribute out. */
function checkRedrive({ subject, attributes, seen, settings, place }: RedriveToCheck): Check {
  const wanted = {
    deadLetterTargetArn: arnOf(seen.deadLetters) ?? deadLetterArn(attributes, seen),
    maxReceiveCount: settings.maxReceiveCount,
  };
  const got = attributes['RedrivePolicy'];
  const policy = got === undefined ? undefined : parsePolicy(got);
  const expected = JSON.stringify(wanted);
  return judge({
    subject,
    rule: 'redrive',
    isKept: policy !== undefined && JSON.stringify(policy) === expected,
    cause:
      got === undefined
        ? 'it has no redrive policy: what cannot be run comes again for ever'
        : `expected RedrivePolicy ${expected}, got ${got}`,
    mend: setBack(place, setAttribute(seen.queueUrl)('RedrivePolicy', expected)),
  });
}

function parsePolicy(text: string): z.output<typeof redrivePolicy> | undefined {
  try {
    return redrivePolicy.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function arnOf(queue: Seen<Attributes>): string | undefined {
  return queue.kind === 'seen' ? queue.value['QueueArn'] : undefined;
}

/** Of a queue that cannot be seen: it is in the same account as the one that can. */
function deadLetterArn({ QueueArn = '' }: Attributes, { deadLetterQueueUrl }: ServiceSeen): string {
  return [...QueueArn.split(':').slice(0, -1), deadLetterQueueUrl.split('/').at(-1)].join(':');
}

/** Hidden ones count: the platform watches them, and so they are in flight. */
function checkLetters(subject: string, service: string, attributes: Attributes): Check {
  const { waiting, held } = depthOf(attributes);
  const count = waiting + held;
  return judge({
    subject,
    rule: 'is empty',
    isKept: count === 0,
    severity: 'warning',
    cause: `${count} ${count === 1 ? 'message' : 'messages'} could not be run`,
    mend: `taskfleet dead list --worker ${service} has the reasons; then dead redrive or dead purge`,
  });
}

/** Messages that wait in a queue, and messages that somebody holds. SQS counts them nearly. */
export interface Depth {
  readonly waiting: number;
  readonly held: number;
}

export function depthOf(attributes: Attributes): Depth {
  const count = (attribute: string) => Number(attributes[attribute] ?? 0);
  return {
    waiting: count('ApproximateNumberOfMessages'),
    held: count('ApproximateNumberOfMessagesNotVisible'),
  };
}
