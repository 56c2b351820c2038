import { isAllowed, readStatement, type Statement } from '../access/isAllowed.ts';
import { refusedTo } from '../access/workerAccess.ts';
import type { Rule } from '../rule.ts';
import { below } from './roleIsEnough.ts';
import { workerRole } from '../template/workerRole.ts';

/** What Lambda itself needs to write a log (docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html). */
const OF_LAMBDA = /service-role\/AWSLambda(BasicExecutionRole|VPCAccessExecutionRole)$/;

/** Whoever gets hold of one worker, by a file it reads or a package it runs, is not to have the others'. */
export const roleIsNotMore: Rule = {
  name: 'its role cannot do what it must not',
  check: async ({ fleet, template, implementation: { worker } }) => {
    const role = workerRole(await template(), fleet, worker);
    if (!role) return [];
    const { statements, managedPolicies, places } = role;
    const tooMuch = refusedTo(worker.name, places)
      .filter((request) => isAllowed(statements, request))
      .map(({ what, action, resource, leadingKeys: [key] = [], prefix }) => {
        const item = key === undefined ? '' : ` with the key ${key}`;
        const where = `${resource}${item}${below(prefix)}`;
        return `expected the role not to ${what}, got the right to ${action} on ${where}; narrow its statements`;
      });
    const wildcards = statements.map(readStatement).flatMap(wildcardsIn);
    const foreign = managedPolicies
      .filter((arn) => !OF_LAMBDA.test(arn))
      .map(
        (arn) =>
          `expected policies of the role's own, got ${arn}; write the statements that it needs of that`,
      );
    return [...tooMuch, ...wildcards, ...foreign];
  },
};

function wildcardsIn({ Effect, Sid = 'a statement', Action, Resource }: Statement): string[] {
  if (Effect === 'Deny') return [];
  const actions = Action.filter((action) => action.includes('*')).map(
    (action) => `expected ${Sid} to name its actions, got ${action}; name each`,
  );
  const resources = Resource.filter((resource) => resource === '*').map(
    () => `expected ${Sid} to name its resources, got *; name each`,
  );
  return actions.concat(resources);
}
