import {
  queuesOf,
  type Worker,
  WORKER_ATTRIBUTE,
  workerQueueSettings,
} from '@taskfleet/toolbox/contract';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { StageName } from '../stackNames.ts';
import { ServiceQueue } from './serviceQueue.ts';

export interface WorkerQueueProps {
  readonly name: StageName;
  readonly worker: Worker;
  readonly topic: ITopic;
  readonly key?: IKey | undefined;
}

/** A worker's queue, or one for each priority: the tasks whose attribute names it, and no other's. Raw, so that its body is the message. */
export class WorkerQueue extends Construct {
  readonly service: ServiceQueue;

  constructor(scope: Construct, id: string, { name, worker, topic, key }: WorkerQueueProps) {
    super(scope, id);
    this.service = new ServiceQueue(this, 'Service', {
      name,
      key,
      service: worker.name,
      settings: workerQueueSettings(worker),
    });
    for (const { priority, name: service, routingKey } of queuesOf(worker)) {
      const { queue: first } = this.service;
      const queue = priority === 'normal' ? first : this.service.addQueue(priority, service);
      const filter = SubscriptionFilter.stringFilter({ allowlist: [routingKey] });
      topic.addSubscription(
        new SqsSubscription(queue, {
          rawMessageDelivery: true,
          filterPolicy: { [WORKER_ATTRIBUTE]: filter },
        }),
      );
    }
  }
}
