import {
  PLATFORM,
  queueOutputs,
  resourceOf,
  subscribedQueues,
  type Synthesized,
} from '@taskfleet/infra/rules';
import { queuesOf, type Worker, type WorkerQueue } from '@taskfleet/toolbox/contract';
import type { Rule } from '../rule.ts';

/** A task that its worker's queue does not get never runs, one that the platform's does not get is unknown, and what a third gets is run twice. */
export const tasksReachTwoQueues: Rule = {
  name: 'tasks reach two queues, their own and that of the platform',
  check: async ({ fleet, template, implementation: { worker } }) => {
    const synthesized = { fleet, template: await template() };
    return queuesOf(worker).flatMap((queue) => problemsOf(synthesized, worker, queue));
  },
};

function problemsOf(
  synthesized: Synthesized,
  worker: Worker,
  { priority, routingKey }: WorkerQueue,
): string[] {
  const subscribed = subscribedQueues(synthesized).filter(
    ({ keys }) => keys === undefined || keys.includes(routingKey),
  );
  const names = queueOutputs(worker.name);
  const outputs = { normal: names.queueUrl, high: names.highQueueUrl, low: names.lowQueueUrl };
  const own = resourceOf(synthesized, outputs[priority]).id;
  const platform = resourceOf(synthesized, queueOutputs(PLATFORM).queueUrl).id;
  const got = subscribed.map(({ queue }) => queue.id);
  const what = `tasks of ${worker.name} with the attribute "${routingKey}"`;
  return [
    ...[own, platform]
      .filter((id) => !got.includes(id))
      .map(
        (id) =>
          `expected ${what} to reach ${id}, got ${got.join(' and ') || 'no queue'}; change the filter policy of its subscription`,
      ),
    ...got
      .filter((id, i) => (id !== own && id !== platform) || got.indexOf(id) !== i)
      .map(
        (id) =>
          `expected ${what} to reach ${own} and ${platform} once each, got them in ${id} too; change the filter policy of its subscription`,
      ),
    ...subscribed
      .filter(({ isRaw }) => !isRaw)
      .map(
        ({ queue }) =>
          `expected ${what} to reach ${queue.id} as they are, got them wrapped; set RawMessageDelivery on its subscription`,
      ),
  ];
}
