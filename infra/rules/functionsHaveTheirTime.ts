import { functionTimeoutSeconds, type Worker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { type Found, idOf, numberOf, resourcesOf, type Rule, type Synthesized } from './rule.ts';
import { queuesOf } from './serviceQueues.ts';

/** Lambda's default (docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html). */
const USUAL_SECONDS = 3;

/** A function that ends before its task fails every attempt; one whose mapping takes no partial answer loses what is to come back. */
export const functionsHaveTheirTime: Rule = (synthesized) =>
  synthesized.fleet.workers.flatMap((worker) => {
    const mappings = mappingsOf(synthesized, worker);
    const late = mappings.flatMap((mapping) => tooShort(synthesized, worker, mapping));
    return late.concat(mappings.flatMap(answersAsAWhole));
  });

function mappingsOf(synthesized: Synthesized, worker: Worker): Found[] {
  const queues = new Set(queuesOf(synthesized, worker).map(({ id }) => id));
  return resourcesOf(synthesized, 'AWS::Lambda::EventSourceMapping').filter(({ properties }) =>
    queues.has(idOf(properties['EventSourceArn']) ?? ''),
  );
}

function tooShort(synthesized: Synthesized, worker: Worker, mapping: Found): string[] {
  const least = functionTimeoutSeconds(worker);
  return resourcesOf(synthesized, 'AWS::Lambda::Function')
    .filter(({ id }) => id === idOf(mapping.properties['FunctionName']))
    .map((handler) => ({ id: handler.id, timeout: numberOf(handler, 'Timeout', USUAL_SECONDS) }))
    .filter(({ timeout }) => timeout < least)
    .map(
      ({ id, timeout }) =>
        `${id}: expected a Timeout of at least ${least} seconds, for the longest task of ${worker.name}, got ${timeout}; ` +
        'raise it, or shorten the timeLimit of its tasks',
    );
}

function answersAsAWhole({ id, properties }: Found): string[] {
  const types = z.array(z.string()).catch([]).parse(properties['FunctionResponseTypes']);
  if (types.includes('ReportBatchItemFailures')) return [];
  return [
    `${id}: expected FunctionResponseTypes with ReportBatchItemFailures, or what is to be tried again is deleted, ` +
      `got ${types.join(', ') || 'none'}; add it`,
  ];
}
