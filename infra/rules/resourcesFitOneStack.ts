import type { Rule } from './rule.ts';

/** Of one stack (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). */
export const MOST_RESOURCES = 500;

/** A worker that runs on the stage takes some twenty, so that this comes before the topic's limit. */
export const resourcesFitOneStack: Rule = ({ template, fleet }) => {
  const count = Object.keys(template.Resources).length;
  if (count <= MOST_RESOURCES) return [];
  return [
    `expected at most ${MOST_RESOURCES} resources, CloudFormation's limit of a stack, got ${count} with ${fleet.workers.length} workers; ` +
      'give workers with little to do one contract, or split the fleet into several with a prefix each',
  ];
};
