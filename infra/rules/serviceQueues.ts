import {
  queuesOf as declaredQueues,
  type Worker,
  WORKER_ATTRIBUTE,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { FLEET_OUTPUTS } from '../outputs.ts';
import { type Found, idOf, resourceOf, resourcesOf, type Synthesized } from './rule.ts';

/** How the topic feeds a queue. */
export interface Subscribed {
  readonly queue: Found;
  /** Routing keys that its filter lets through; undefined without a filter. */
  readonly keys: readonly string[] | undefined;
  readonly isRaw: boolean;
}

const properties = z.looseObject({
  RawMessageDelivery: z.boolean().default(false),
  FilterPolicy: z.looseObject({ [WORKER_ATTRIBUTE]: z.array(z.string()).default([]) }).optional(),
});

/** Every queue that gets tasks from the stage's topic. */
export function subscribedQueues(synthesized: Synthesized): Subscribed[] {
  const topic = resourceOf(synthesized, FLEET_OUTPUTS.topicArn);
  const queues = resourcesOf(synthesized, 'AWS::SQS::Queue');
  return resourcesOf(synthesized, 'AWS::SNS::Subscription')
    .filter(({ properties: { TopicArn } }) => idOf(TopicArn) === topic.id)
    .flatMap((subscription) => {
      const queue = queues.find(({ id }) => id === idOf(subscription.properties['Endpoint']));
      if (!queue) return [];
      const { RawMessageDelivery, FilterPolicy } = properties.parse(subscription.properties);
      return [{ queue, keys: FilterPolicy?.[WORKER_ATTRIBUTE], isRaw: RawMessageDelivery }];
    });
}

/** The queues that get a worker's tasks: those of its contract, where nothing is wrong. */
export function queuesOf(synthesized: Synthesized, worker: Worker): Found[] {
  return declaredQueues(worker).flatMap(({ routingKey }) => queuesOfKey(synthesized, routingKey));
}

/** The queues that get what is sent with a routing key: one, where nothing is wrong. */
export function queuesOfKey(synthesized: Synthesized, routingKey: string): Found[] {
  return subscribedQueues(synthesized)
    .filter(({ keys }) => keys?.includes(routingKey))
    .map(({ queue }) => queue);
}

/** Those that get every task: the platform's, where nothing is wrong. */
export function queuesOfAll(synthesized: Synthesized): Found[] {
  return subscribedQueues(synthesized)
    .filter(({ keys }) => keys === undefined)
    .map(({ queue }) => queue);
}

const redrive = z.looseObject({ deadLetterTargetArn: z.unknown(), maxReceiveCount: z.number() });

/** Where a queue's dead letters go, and after how many receives. */
export function redriveOf(synthesized: Synthesized, queue: Found) {
  const policy = redrive.safeParse(queue.properties['RedrivePolicy']).data;
  const id = idOf(policy?.deadLetterTargetArn);
  const deadLetterQueue = resourcesOf(synthesized, 'AWS::SQS::Queue').find((one) => one.id === id);
  if (!policy || !deadLetterQueue) return undefined;
  return { deadLetterQueue, maxReceiveCount: policy.maxReceiveCount };
}
