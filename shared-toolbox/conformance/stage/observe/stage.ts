import type { Clients } from '../../../aws/index.ts';
import { type SharedOutage, tableBoard } from '../../../breaker/index.ts';
import type { Clock } from '../../../clock.ts';
import { look, type Seen } from '../seen.ts';
import { type BucketSeen, observeBucket } from './bucket.ts';
import { observeService, type QueueAddresses, type ServiceSeen } from './queue.ts';
import { observeTable, type TableSeen } from './table.ts';
import { observeTopic, type TopicSeen } from './topic.ts';

/** What a stage is at one moment. */
export interface StageSeen {
  readonly topic: TopicSeen;
  readonly table: TableSeen;
  readonly bucket: BucketSeen;
  /** By the service's name: every worker's that is deployed, and the platform's. */
  readonly services: ReadonlyMap<string, ServiceSeen>;
  /** That processes tell each other of. */
  readonly outage: Seen<SharedOutage | undefined>;
}

export interface ObserveOptions {
  readonly clients: Clients;
  readonly topicArn: string;
  readonly tableName: string;
  readonly bucketName: string;
  readonly queues: ReadonlyMap<string, QueueAddresses>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Looks at every resource of a stage; changes none. Rejects when a service does not answer. */
export async function observeStage(options: ObserveOptions): Promise<StageSeen> {
  const { clients, topicArn, tableName, bucketName, queues, clock } = options;
  const { sns, sqs, dynamodb, s3 } = clients;
  const table = { dynamodb, tableName };
  const board = tableBoard({ table, name: 'topic', clock });
  const [topic, tableSeen, bucket, outage, ...services] = await Promise.all([
    observeTopic(sns, topicArn),
    observeTable(table),
    observeBucket(s3, bucketName),
    look(async () => board.read()),
    ...[...queues].map(
      async ([name, addresses]) => [name, await observeService(sqs, addresses)] as const,
    ),
  ]);
  return { topic, table: tableSeen, bucket, outage, services: new Map(services) };
}
