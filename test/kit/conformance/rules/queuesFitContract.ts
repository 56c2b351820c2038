import {
  deadLettersOutliveTheirQueue,
  functionsHaveTheirTime,
  receivesCoverRetries,
  retriesEndInTheQueue,
  throughputIsOfGroups,
  visibilityFitsCompute,
} from '@taskfleet/infra/rules';
import type { Rule } from '../rule.ts';

/** The rules that every template is checked by when it is synthesized. */
const OF_QUEUES = [
  visibilityFitsCompute,
  functionsHaveTheirTime,
  receivesCoverRetries,
  retriesEndInTheQueue,
  deadLettersOutliveTheirQueue,
  throughputIsOfGroups,
];

/** A queue that takes a task back too early has it run twice; one that gives up too early ends what its contract would still try. */
export const queuesFitContract: Rule = {
  name: 'lease, time limits, retries and dead letters fit together',
  check: async ({ fleet, template }) => {
    const synthesized = { fleet, template: await template() };
    return OF_QUEUES.flatMap((rule) => rule(synthesized));
  },
};
