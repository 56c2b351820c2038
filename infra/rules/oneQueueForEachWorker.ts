import { queuesOf } from '@taskfleet/toolbox/contract';
import { queuesOfAll, queuesOfKey, subscribedQueues } from './serviceQueues.ts';
import type { Rule, Synthesized } from './rule.ts';

/** A task that no queue gets is lost, and one that two get is run by whoever is first; a queue without a filter gets everybody's. A worker with priorities has one for each. */
export const oneQueueForEachWorker: Rule = (synthesized) => {
  const { fleet } = synthesized;
  const keys = fleet.workers.flatMap(queuesOf).map(({ routingKey }) => routingKey);
  return [
    ...keys.flatMap((key) => one(`the tasks of ${key}`, queuesOfKey(synthesized, key).length)),
    ...one('every task, for the platform', queuesOfAll(synthesized).length),
    ...strangers(synthesized, keys),
    ...shared(synthesized),
    ...wrapped(synthesized),
  ];
};

function one(what: string, count: number): string[] {
  if (count === 1) return [];
  return [`expected one queue subscribed to ${what}, got ${count}; change the filter policies`];
}

function strangers(synthesized: Synthesized, known: readonly string[]): string[] {
  return subscribedQueues(synthesized).flatMap(({ queue, keys = [] }) =>
    keys
      .filter((key) => !known.includes(key))
      .map(
        (key) =>
          `${queue.id}: expected tasks of a worker of the fleet, got "${key}"; correct its filter policy`,
      ),
  );
}

function shared(synthesized: Synthesized): string[] {
  return subscribedQueues(synthesized)
    .filter(({ keys = [] }) => keys.length > 1)
    .map(
      ({ queue, keys = [] }) =>
        `${queue.id}: expected tasks of one worker, got ${keys.join(' and ')}; give each a queue`,
    );
}

function wrapped(synthesized: Synthesized): string[] {
  return subscribedQueues(synthesized)
    .filter(({ isRaw }) => !isRaw)
    .map(({ queue }) => {
      return `${queue.id}: expected raw messages, which workers read; set RawMessageDelivery on its subscription`;
    });
}
