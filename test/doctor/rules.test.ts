import { checkStage, isFinding, type StageSeen } from '@taskfleet/toolbox/conformance/stage';
import { defineFleet, defineTask, defineWorker, lambda } from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Break,
  seen,
  withBucket,
  withQueue,
  withShape,
  withStranger,
  withSubscription,
  withTable,
  withTopic,
} from './breaks.ts';
import { stageOfTemplate } from './stageOfTemplate.ts';

const schemas = { input: z.string(), output: z.string() };
const send = defineTask('mail.send', { ...schemas, retry: { maxAttempts: 7 } });
const photo = defineTask('photos.scale', { ...schemas, timeLimit: '1m', retention: '7d' });
const mail = defineWorker('mail', { tasks: [send], lease: '20s' });
const photos = defineWorker('photos', { tasks: [photo], compute: lambda() });
const fleet = defineFleet([mail, photos]);
const workers = fleet.workers;

const healthy = stageOfTemplate(fleet);
const deployed = { stage: 'dev', isLocal: false };

/** `subject: rule` by verdict. What the doctor never checks is left out. */
function findings(seen: StageSeen, place = deployed) {
  return checkStage({ seen, workers, place })
    .filter(isFinding)
    .filter(({ subject }) => subject !== 'roles')
    .map(({ verdict, subject, rule }) => `${verdict} ${subject}: ${rule}`);
}

const lifecycle = healthy.bucket.lifecycle.kind === 'seen' ? healthy.bucket.lifecycle.value : null;

const otherIndex = { name: 'mine', partitionKey: 'pk', sortKey: undefined, projection: 'ALL' };

describe('a stage as its template says', () => {
  it('has no finding', () => {
    expect(findings(healthy)).toEqual([]);
  });

  it.each<[string, Break]>([
    ['error topic: is FIFO', withTopic({ FifoTopic: 'false' })],
    ['error topic: no deduplication by content', withTopic({ ContentBasedDeduplication: 'true' })],
    ['error topic: throughput scope', withTopic({ FifoThroughputScope: 'Topic' })],
    [
      'error topic: no breaker is open',
      (stage) => ({ ...stage, outage: seen({ id: '1', reason: 'no answer', until: 1 }) }),
    ],
    ['error subscription of mail: is there', withSubscription(undefined)],
    ['error subscription of mail: raw delivery', withSubscription({ RawMessageDelivery: 'false' })],
    ['error subscription of mail: filter policy', withSubscription({ FilterPolicy: '{}' })],
    [
      'error subscription of mail: filter policy',
      withSubscription({ FilterPolicy: '{"worker":["mail","photos"]}' }),
    ],
    [
      'error subscription of mail: filter policy',
      withSubscription({ FilterPolicyScope: 'MessageBody' }),
    ],
    ['error subscriptions: of services only', withStranger],
    ['error queue of mail: is FIFO', withQueue('mail', 'queue', { FifoQueue: 'false' })],
    [
      'error queue of mail: visibility timeout',
      withQueue('mail', 'queue', { VisibilityTimeout: '12' }),
    ],
    [
      'error queue of photos: visibility timeout',
      withQueue('photos', 'queue', { VisibilityTimeout: '12' }),
    ],
    [
      'error queue of platform: visibility timeout',
      withQueue('platform', 'queue', { VisibilityTimeout: '12' }),
    ],
    [
      'error queue of mail: retention',
      withQueue('mail', 'queue', { MessageRetentionPeriod: '345600' }),
    ],
    [
      'error dead letters of mail: retention',
      withQueue('mail', 'deadLetters', { MessageRetentionPeriod: '864000' }),
    ],
    ['error queue of mail: redrive', withQueue('mail', 'queue', { RedrivePolicy: undefined })],
    ['error queue of mail: redrive', withQueue('mail', 'queue', { RedrivePolicy: 'text' })],
    [
      'error queue of mail: redrive',
      withQueue('mail', 'queue', {
        RedrivePolicy:
          '{"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:123456789012:taskfleet-dev-mail_dead.fifo","maxReceiveCount":3}',
      }),
    ],
    [
      'error queue of mail: deduplication scope',
      withQueue('mail', 'queue', { DeduplicationScope: 'queue' }),
    ],
    [
      'error queue of mail: throughput limit',
      withQueue('mail', 'queue', { FifoThroughputLimit: 'perQueue' }),
    ],
    [
      'error queue of mail: no deduplication by content',
      withQueue('mail', 'queue', { ContentBasedDeduplication: 'true' }),
    ],
    [
      'error queue of mail: encryption',
      withQueue('mail', 'queue', { SqsManagedSseEnabled: 'false' }),
    ],
    [
      'warning queue of mail: receive wait',
      withQueue('mail', 'queue', { ReceiveMessageWaitTimeSeconds: '0' }),
    ],
    [
      'warning dead letters of mail: is empty',
      withQueue('mail', 'deadLetters', { ApproximateNumberOfMessagesNotVisible: '2' }),
    ],
    [
      'error queue of mail: is there',
      (stage) => {
        const own = { ...stage.services.get('mail')!, queue: { kind: 'absent' } as const };
        return { ...stage, services: new Map(stage.services).set('mail', own) };
      },
    ],
    [
      'warning queue of old: is declared',
      (stage) => ({
        ...stage,
        services: new Map(stage.services).set('old', stage.services.get('mail')!),
      }),
    ],
    ['error table: is there', withTable({ shape: { kind: 'absent' } })],
    ['error table: key', withShape(() => ({ sortKey: 'sk' }))],
    ['error table: key', withShape(({ types }) => ({ types: { ...types, pk: 'N' } }))],
    [
      'error table: index due',
      withShape(({ indexes }) => ({ indexes: indexes.filter(({ name }) => name !== 'due') })),
    ],
    [
      'error table: index due',
      withShape(({ indexes }) => ({
        indexes: indexes.map((one) =>
          one.name === 'due' ? Object.assign({}, one, { projection: 'ALL' }) : one,
        ),
      })),
    ],
    ['error table: index due', withShape(({ types }) => ({ types: { ...types, dueAt: 'S' } }))],
    [
      'warning table: no further index',
      withShape(({ indexes }) => ({ indexes: [...indexes, otherIndex] })),
    ],
    ['error table: billing mode', withShape(() => ({ billingMode: 'PROVISIONED' }))],
    ['error table: time to live', withTable({ timeToLive: seen(undefined) })],
    ['error table: time to live', withTable({ timeToLive: seen('endsAt') })],
    ['error table: point-in-time recovery', withTable({ recovery: seen('DISABLED') })],
    ['error bucket: is there', withBucket({ reached: { kind: 'absent' } })],
    ['error bucket: lifecycle', withBucket({ lifecycle: { kind: 'absent' } })],
    [
      'error bucket: lifecycle',
      withBucket({ lifecycle: seen({ ...lifecycle!, endsUploads: false }) }),
    ],
    [
      'error bucket: lifecycle',
      withBucket({ lifecycle: seen({ ...lifecycle!, lifetimes: lifecycle!.lifetimes.slice(1) }) }),
    ],
    ['error bucket: no public access', withBucket({ isPrivate: { kind: 'absent' } })],
    ['error bucket: no public access', withBucket({ isPrivate: seen(false) })],
    ['error bucket: encryption', withBucket({ encryption: { kind: 'absent' } })],
  ])('has the one finding "%s" when that alone is broken', (finding, breakIt) => {
    expect(findings(breakIt(healthy))).toEqual([finding]);
  });

  it('misses a worker that the stage does not know yet, once', () => {
    const services = new Map(healthy.services);
    services.delete('mail');
    const { subscriptions } = healthy.topic;
    const others =
      subscriptions.kind === 'seen'
        ? subscriptions.value.filter(({ endpoint }) => !endpoint.endsWith('-mail.fifo'))
        : [];
    const topic = { ...healthy.topic, subscriptions: seen(others) };
    expect(findings({ ...healthy, services, topic })).toEqual(['error queue of mail: is there']);
  });

  it('takes as many messages as its redrive says also when the dead letters cannot be seen', () => {
    const own = { ...healthy.services.get('mail')!, deadLetters: REFUSED };
    const services = new Map(healthy.services).set('mail', own);
    expect(findings({ ...healthy, services })).toEqual([
      'unchecked dead letters of mail: is there',
    ]);
  });
});

const REFUSED = { kind: 'hidden', reason: 'AccessDenied' } as const;

describe('what could not be looked at', () => {
  it.each<[string, Break]>([
    [
      'unchecked topic: is there',
      (stage) => ({ ...stage, topic: { ...stage.topic, attributes: REFUSED } }),
    ],
    ['unchecked topic: no breaker is open', (stage) => ({ ...stage, outage: REFUSED })],
    [
      'unchecked subscriptions: is there',
      (stage) => ({ ...stage, topic: { ...stage.topic, subscriptions: REFUSED } }),
    ],
    ['unchecked table: is there', withTable({ shape: REFUSED })],
    ['unchecked table: time to live', withTable({ timeToLive: REFUSED })],
    ['unchecked table: point-in-time recovery', withTable({ recovery: REFUSED })],
    ['unchecked bucket: is there', withBucket({ reached: REFUSED })],
    ['unchecked bucket: lifecycle', withBucket({ lifecycle: REFUSED })],
    ['unchecked bucket: no public access', withBucket({ isPrivate: REFUSED })],
    ['unchecked bucket: encryption', withBucket({ encryption: REFUSED })],
    [
      'unchecked queue of mail: deduplication scope',
      withQueue('mail', 'queue', { DeduplicationScope: undefined }),
    ],
  ])('is told as "%s", never as kept', (finding, breakIt) => {
    expect(findings(breakIt(healthy))).toEqual([finding]);
  });

  it('on emulators is what they do not have, whatever they say of it', () => {
    const local = findings(healthy, { stage: 'local', isLocal: true });
    expect(new Set(local)).toEqual(
      new Set([
        'unchecked table: time to live',
        'unchecked table: point-in-time recovery',
        'unchecked bucket: lifecycle',
        'unchecked bucket: no public access',
        'unchecked bucket: encryption',
        ...['platform', 'mail', 'photos'].flatMap((service) => [
          `unchecked queue of ${service}: encryption`,
          `unchecked dead letters of ${service}: encryption`,
        ]),
      ]),
    );
  });
});

describe('every finding', () => {
  it('has a cause and what mends it, and the command by hand on a deployed stage', () => {
    const broken = withQueue('mail', 'queue', { VisibilityTimeout: '12' })(healthy);
    const finding = checkStage({ seen: broken, workers, place: deployed }).find(isFinding);
    expect(finding).toMatchObject({
      cause: 'expected VisibilityTimeout 20, got 12',
      mend: expect.stringMatching(
        /^npx cdk deploy -c stage=dev, .*aws sqs set-queue-attributes --queue-url \S+ --attributes '\{"VisibilityTimeout":"20"\}'$/,
      ),
    });
  });
});
