import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { PLATFORM_LEASE_SECONDS } from '@taskfleet/toolbox/contract';
import { Construct } from 'constructs';
import { PLATFORM } from '../outputs.ts';
import type { StageName } from '../stackNames.ts';
import { ServiceQueue } from './serviceQueue.ts';

export interface PlatformQueueProps {
  readonly name: StageName;
  readonly topic: ITopic;
  readonly key?: IKey | undefined;
}

/**
 * Times the visibility, 50 minutes of a table that refuses writes before a copy is dead-lettered. Malformed messages do
 * not wait for it: the tracker moves them itself.
 */
const MAX_RECEIVE_COUNT = 100;

/** The platform's queue: a copy of every task, whoever scheduled it. */
export class PlatformQueue extends Construct {
  readonly service: ServiceQueue;

  constructor(scope: Construct, id: string, { name, topic, key }: PlatformQueueProps) {
    super(scope, id);
    this.service = new ServiceQueue(this, 'Service', {
      name,
      key,
      service: PLATFORM,
      visibilityTimeoutSeconds: PLATFORM_LEASE_SECONDS,
      maxReceiveCount: MAX_RECEIVE_COUNT,
    });
    topic.addSubscription(new SqsSubscription(this.service.queue, { rawMessageDelivery: true }));
  }
}
