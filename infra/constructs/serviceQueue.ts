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
  /** How long a message stays with its holder without a sign of life. */
  readonly visibilityTimeoutSeconds: number;
  /** Receives after which the queue moves a message to the dead letters. At most 1,000. */
  readonly maxReceiveCount: number;
  /** The customer's. Default: SQS's own. */
  readonly key?: IKey | undefined;
}

/** The longest that SQS keeps anything. */
const DEAD_LETTER_RETENTION = Duration.days(14);

/**
 * Longer than SQS's default of 4 days, because what no worker takes by then is gone: it has to outlast a long weekend's
 * outage and the slowest retries. Shorter than the dead letters', so that what failed is kept longer than what waits.
 */
const RETENTION = Duration.days(10);

/** The longest poll that SQS takes: the fewest empty receives, which are billed. */
const RECEIVE_WAIT = Duration.seconds(20);

/** Both settings together lift the limit of 300 calls a second; either alone does nothing. */
const SETTINGS = {
  fifo: true,
  contentBasedDeduplication: false,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  enforceSSL: true,
  receiveMessageWaitTime: RECEIVE_WAIT,
} as const satisfies QueueProps;

/** How messages are kept. */
function encryptedWith(key: IKey | undefined): QueueProps {
  if (!key) return { encryption: QueueEncryption.SQS_MANAGED };
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: key };
}

/** The queue of one service, and the queue of what it could not handle. */
export class ServiceQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: ServiceQueueProps) {
    super(scope, id);
    const settings = { ...SETTINGS, ...encryptedWith(props.key) };
    this.deadLetterQueue = new Queue(this, 'DeadLetters', {
      ...settings,
      queueName: deadLetterQueueName(props.name, props.service),
      retentionPeriod: DEAD_LETTER_RETENTION,
    });
    this.queue = new Queue(this, 'Queue', {
      ...settings,
      queueName: queueName(props.name, props.service),
      retentionPeriod: RETENTION,
      visibilityTimeout: Duration.seconds(props.visibilityTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: props.maxReceiveCount },
    });
  }
}
