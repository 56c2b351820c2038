import { EVERY_QUEUE, type Priority, type QueueSettings } from '@taskfleet/toolbox/contract';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Duration } from 'aws-cdk-lib/core';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterQueueName, queueName, type StageName } from '../stackNames.ts';

export interface ServiceQueueProps {
  readonly name: StageName;
  /** `platform`, or a worker's name. */
  readonly service: string;
  readonly settings: QueueSettings;
  /** The customer's. Default: SQS's own. */
  readonly key?: IKey | undefined;
}

const SETTINGS = {
  fifo: true,
  contentBasedDeduplication: false,
  // Both together lift the limit of 300 calls a second; either alone does nothing.
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  enforceSSL: true,
  receiveMessageWaitTime: Duration.seconds(EVERY_QUEUE.receiveWaitSeconds),
} as const satisfies QueueProps;

/** How messages are kept. */
function encryptedWith(key: IKey | undefined): QueueProps {
  if (!key) return { encryption: QueueEncryption.SQS_MANAGED };
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: key };
}

/** The queue of one service, or its queues, and the queue of what it could not handle. */
export class ServiceQueue extends Construct {
  /** Of what is neither high nor low. */
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly #props: ServiceQueueProps;
  readonly #queues = new Map<Priority, Queue>();

  constructor(scope: Construct, id: string, props: ServiceQueueProps) {
    super(scope, id);
    this.#props = props;
    const { name, service, key } = props;
    const kept = { ...SETTINGS, ...encryptedWith(key) };
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      ...kept,
      queueName: deadLetterQueueName(name, service),
      retentionPeriod: Duration.days(EVERY_QUEUE.deadLetterRetentionDays),
    });
    this.queue = this.addQueue('normal', service);
  }

  /** All of them, in the order in which they were added. */
  get queues(): ReadonlyMap<Priority, Queue> {
    return this.#queues;
  }

  /** One more queue, with the same settings and the same dead letters. */
  addQueue(priority: Priority, service: string): Queue {
    const { name, settings, key } = this.#props;
    const { visibilityTimeoutSeconds, maxReceiveCount } = settings;
    const queue = new Queue(this, priority === 'normal' ? 'Queue' : `${priority}Queue`, {
      ...SETTINGS,
      ...encryptedWith(key),
      queueName: queueName(name, service),
      retentionPeriod: Duration.days(EVERY_QUEUE.retentionDays),
      visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount },
    });
    this.#queues.set(priority, queue);
    return queue;
  }
}
