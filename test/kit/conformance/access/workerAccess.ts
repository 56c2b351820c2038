import type { AccessRequest } from './isAllowed.ts';

/** Where a stage keeps things: ARNs. */
export interface Places {
  readonly topic: string;
  readonly table: string;
  readonly bucket: string;
  readonly queues: readonly string[];
  readonly deadLetterQueue: string;
  /** Queues of others: another worker's, the platform's. */
  readonly othersQueues: readonly string[];
}

/** A request, and what it would do. */
export interface NamedRequest extends AccessRequest {
  readonly what: string;
}

/** Ids as they are made, and no worker's name ends so. */
const ID = '0'.repeat(32);

/** What a worker's process asks of AWS, whatever its tasks are. */
export function neededBy(worker: string, places: Places): readonly NamedRequest[] {
  const { topic, deadLetterQueue } = places;
  const { item, object, list } = requestsOf(places);
  const consuming = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'];
  return [
    ...places.queues.flatMap((resource) =>
      consuming.map((action) => named('consume its queue', `sqs:${action}`, resource)),
    ),
    named('dead-letter what it cannot run', 'sqs:SendMessage', deadLetterQueue),
    named('schedule tasks', 'sns:Publish', topic),
    named('probe the topic', 'sns:GetTopicAttributes', topic),
    item('record its results', 'UpdateItem', `result#${worker}_${ID}`),
    item('read its results', 'GetItem', `result#${worker}_${ID}`),
    item('keep its logs', 'PutItem', `log#${worker}_${ID}`),
    item('say that it lives', 'PutItem', `worker#${worker}_00000000000a`),
    item('take its heartbeat back', 'DeleteItem', `worker#${worker}_00000000000a`),
    item('hear what it is told', 'GetItem', `control#${worker}`),
    item('count its tasks', 'UpdateItem', `stats#${worker}#2026-11-21T12:21#3`),
    item('take turns of its rate limits', 'UpdateItem', `rate#${worker}.task`),
    item('keep durable tasks', 'PutItem', `due#${worker}_${ID}`),
    item('wait for results', 'BatchGetItem', `result#other_${ID}`),
    object('write its files', 'PutObject', `${worker}/a.txt`),
    object('read its files', 'GetObject', `${worker}/a.txt`),
    object('read what people uploaded', 'GetObject', 'uploads/a.txt'),
    object('remove its files', 'DeleteObject', `${worker}/a.txt`),
    list('list its files', `${worker}/`),
    list('list what people uploaded', 'uploads/galleries/'),
    list('tell large values that are gone', `offload/45d/${worker}/${worker}_0/input.json`),
    object('read its large inputs', 'GetObject', `offload/45d/${worker}/${worker}_0/input.json`),
    object(
      'store its large outputs',
      'PutObject',
      `offload/45d/${worker}/${worker}_0/output-1.json`,
    ),
  ];
}

/** What is none of a worker's business. */
export function refusedTo(worker: string, places: Places): readonly NamedRequest[] {
  const { table, queues, deadLetterQueue, othersQueues } = places;
  const { item, object, list } = requestsOf(places);
  return [
    item("write another worker's result", 'UpdateItem', `result#other_${ID}`),
    item('write a result of a worker named alike', 'UpdateItem', `result#${worker}-2_0`),
    item('write a result without a claim', 'PutItem', `result#${worker}_0`),
    item('write a definition', 'PutItem', `task#${worker}_0`),
    item('change a definition', 'UpdateItem', `task#${worker}_0`),
    item('write a dead letter', 'PutItem', `dead#${worker}_0`),
    item('write what its worker is told', 'PutItem', `control#${worker}`),
    item('hear what another worker is told', 'GetItem', 'control#other'),
    item('write the heartbeat of another worker', 'PutItem', 'worker#other_0'),
    item('remove the heartbeat of a worker named alike', 'DeleteItem', `worker#${worker}-2_0`),
    item("count another worker's tasks", 'UpdateItem', 'stats#other#2026-11-21T12#0'),
    item('count tasks of a worker named alike', 'UpdateItem', `stats#${worker}-2#2026-11-21T12#0`),
    item("change the platform's counts", 'UpdateItem', 'stats#platform#2026-11-21T12#0'),
    item('replace its counts', 'PutItem', `stats#${worker}#2026-11-21T12#0`),
    item('read counts', 'BatchGetItem', 'stats#other#2026-11-21T12#0'),
    item("write the log of another worker's task", 'PutItem', `log#other_${ID}`),
    item('write a log of a worker named alike', 'PutItem', `log#${worker}-2_0`),
    item('read a log', 'GetItem', `log#${worker}_${ID}`),
    item('delete a log', 'DeleteItem', `log#${worker}_${ID}`),
    item('read an API key', 'GetItem', 'key#0'),
    item('write an API key', 'PutItem', 'key#0'),
    item('write to the audit', 'PutItem', 'audit#0'),
    item('change a periodic task', 'PutItem', 'schedule#often'),
    named('read the whole table', 'dynamodb:Scan', table),
    named('read an index', 'dynamodb:Query', `${table}/index/recent`),
    object("write another worker's file", 'PutObject', 'other/a.txt'),
    object("read another worker's file", 'GetObject', 'other/a.txt'),
    object('remove what people uploaded', 'DeleteObject', 'uploads/a.txt'),
    object("remove another worker's file", 'DeleteObject', 'other/a.txt'),
    object('remove a large input', 'DeleteObject', `offload/45d/${worker}/${worker}_0/input.json`),
    list('list the whole bucket'),
    list("list another worker's files", 'other/'),
    list('list the files of a worker named alike', `${worker}-2/`),
    object("read another task's large input", 'GetObject', 'offload/45d/other/other_0/input.json'),
    object(
      "store another worker's large output",
      'PutObject',
      'offload/45d/other/other_0/output-1.json',
    ),
    object('write what people uploaded', 'PutObject', 'uploads/a.txt'),
    ...othersQueues.flatMap((resource) => [
      named("receive from another's queue", 'sqs:ReceiveMessage', resource),
      named("delete from another's queue", 'sqs:DeleteMessage', resource),
      named("send to another's queue", 'sqs:SendMessage', resource),
    ]),
    ...queues.flatMap((resource) => [
      named('send to its queue past the topic', 'sqs:SendMessage', resource),
      named('purge its queue', 'sqs:PurgeQueue', resource),
      named('change its queue', 'sqs:SetQueueAttributes', resource),
    ]),
    named('read its dead letters', 'sqs:ReceiveMessage', deadLetterQueue),
    named('purge its dead letters', 'sqs:PurgeQueue', deadLetterQueue),
  ];
}

function named(what: string, action: string, resource: string): NamedRequest {
  return { what, action, resource };
}

function requestsOf({ table, bucket }: Pick<Places, 'table' | 'bucket'>) {
  return {
    item: (what: string, action: string, key: string): NamedRequest => ({
      ...named(what, `dynamodb:${action}`, table),
      leadingKeys: [key],
    }),
    object: (what: string, action: string, key: string): NamedRequest =>
      named(what, `s3:${action}`, `${bucket}/${key}`),
    list: (what: string, prefix?: string): NamedRequest => ({
      ...named(what, 's3:ListBucket', bucket),
      prefix,
    }),
  };
}
