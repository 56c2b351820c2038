import { DefinitionError, type Fleet } from '@taskfleet/toolbox/contract';
import { deadLettersOutliveTheirQueue } from './deadLettersOutliveTheirQueue.ts';
import { functionsHaveTheirTime } from './functionsHaveTheirTime.ts';
import { largeValuesOutliveTheirTasks } from './largeValuesOutliveTheirTasks.ts';
import { oneQueueForEachWorker } from './oneQueueForEachWorker.ts';
import { receivesCoverRetries } from './receivesCoverRetries.ts';
import { recordsExpire } from './recordsExpire.ts';
import { resourcesFitOneStack } from './resourcesFitOneStack.ts';
import { retriesEndInTheQueue } from './retriesEndInTheQueue.ts';
import { readTemplate, type Rule } from './rule.ts';
import { throughputIsOfGroups } from './throughputIsOfGroups.ts';
import { topicFeedsItsSubscriptions } from './topicFeedsItsSubscriptions.ts';
import { visibilityFitsCompute } from './visibilityFitsCompute.ts';

const RULES: readonly Rule[] = [
  oneQueueForEachWorker,
  visibilityFitsCompute,
  receivesCoverRetries,
  retriesEndInTheQueue,
  deadLettersOutliveTheirQueue,
  functionsHaveTheirTime,
  throughputIsOfGroups,
  topicFeedsItsSubscriptions,
  recordsExpire,
  largeValuesOutliveTheirTasks,
  resourcesFitOneStack,
];

/**
 * What constructs can break, and contracts cannot: looked for in what they made, so that whoever edits one is told too. Throws
 * DefinitionError with every problem.
 */
export function checkTemplate(template: unknown, fleet: Fleet): void {
  const synthesized = { template: readTemplate(template), fleet };
  const problems = RULES.flatMap((rule) => rule(synthesized));
  if (problems.length > 0) throw new DefinitionError('template', problems);
}
