import { type Found, resourcesOf, type Rule } from './rule.ts';

/**
 * Both settings lift the limit of 300 calls a second, either alone does nothing; and two tasks with equal content are two tasks
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html).
 */
const WANTED = {
  DeduplicationScope: 'messageGroup',
  FifoThroughputLimit: 'perMessageGroupId',
} as const;

export const throughputIsOfGroups: Rule = (synthesized) => {
  const queues = resourcesOf(synthesized, 'AWS::SQS::Queue').filter(
    ({ properties }) => properties['FifoQueue'] === true,
  );
  return [...queues.flatMap(heldBack), ...queues.flatMap(deduplicatedByContent)];
};

function heldBack({ id, properties }: Found): string[] {
  return Object.entries(WANTED)
    .filter(([name, value]) => properties[name] !== value)
    .map(([name, value]) => {
      const got = JSON.stringify(properties[name]) ?? 'none';
      return `${id}: expected ${name} to be ${value}, got ${got}; set it`;
    });
}

function deduplicatedByContent({ id, properties }: Found): string[] {
  if (properties['ContentBasedDeduplication'] !== true) return [];
  return [
    `${id}: expected no ContentBasedDeduplication, which makes one of two equal tasks; leave it out`,
  ];
}
