import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { PLATFORM_QUEUE } from '@taskfleet/toolbox/contract';
import { Construct } from 'constructs';
import { PLATFORM } from '../outputs.ts';
import type { StageName } from '../stackNames.ts';
import { ServiceQueue } from './serviceQueue.ts';

export interface PlatformQueueProps {
  readonly name: StageName;
  readonly topic: ITopic;
  readonly key?: IKey | undefined;
}

/** The platform's queue: a copy of every task, whoever scheduled it. */
export class PlatformQueue extends Construct {
  readonly service: ServiceQueue;

  constructor(scope: Construct, id: string, { name, topic, key }: PlatformQueueProps) {
    super(scope, id);
    this.service = new ServiceQueue(this, 'Service', {
      name,
      key,
      service: PLATFORM,
      settings: PLATFORM_QUEUE,
    });
    topic.addSubscription(new SqsSubscription(this.service.queue, { rawMessageDelivery: true }));
  }
}
