import { type Found, numberOf, resourcesOf, type Rule } from './rule.ts';
import { redriveOf } from './serviceQueues.ts';

/** SQS's default (docs.aws.amazon.com, SQS message retention period). */
const USUAL_SECONDS = 345_600;

export function retentionSeconds(queue: Found): number {
  return numberOf(queue, 'MessageRetentionPeriod', USUAL_SECONDS);
}

/** What failed is the last copy of its task: it is kept longer than what waits, so that somebody can look at it. */
export const deadLettersOutliveTheirQueue: Rule = (synthesized) =>
  resourcesOf(synthesized, 'AWS::SQS::Queue').flatMap((queue) => {
    const dead = redriveOf(synthesized, queue)?.deadLetterQueue;
    if (!dead || retentionSeconds(dead) > retentionSeconds(queue)) return [];
    return [
      `${dead.id}: expected a MessageRetentionPeriod longer than the ${retentionSeconds(queue)} seconds of ${queue.id}, ` +
        `got ${retentionSeconds(dead)}; raise it, or lower the queue's`,
    ];
  });
