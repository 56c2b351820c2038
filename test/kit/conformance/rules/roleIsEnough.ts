import type { Worker } from '@taskfleet/toolbox/contract';
import { accessRequests } from '../access/accessRequests.ts';
import { isAllowed } from '../access/isAllowed.ts';
import { type NamedRequest, neededBy, type Places } from '../access/workerAccess.ts';
import type { Rule } from '../rule.ts';
import { workerRole } from '../template/workerRole.ts';
import type { WireRequest } from '../../wire.ts';

/** On a laptop everything is allowed: what the role lacks would show in the account first. */
export const roleIsEnough: Rule = {
  name: 'its role can do what it does',
  check: async ({ fleet, template, rehearsal, implementation: { worker } }) => {
    const role = workerRole(await template(), fleet, worker);
    if (!role) return [nobody(worker)];
    const rehearsed = await rehearsal();
    await rehearsed.runs();
    const asked = rehearsed.requests.flatMap((request) => asNamed(request, role.places));
    const refused = [...neededBy(worker.name, role.places), ...asked].filter(
      (request) => !isAllowed(role.statements, request),
    );
    return [...new Set(refused.map((request) => describe(request)))].map(
      (request) =>
        `${request}; allow it in the statements of the role, or have no handler ask for it`,
    );
  },
};

function nobody({ name }: Worker): string {
  return `expected containers or a function that read the queue of ${name}, got none; add them to the stack`;
}

/** What a handler has asked for on the emulators, as IAM would be asked. */
function asNamed({ operation, input }: WireRequest, places: Places): NamedRequest[] {
  const arns = { ...places, queueOf: (url: string) => queueNamed(url, places) };
  const what = 'do what its handlers do';
  const asked = accessRequests(`${operation}Command`, input, arns);
  return asked.map((request) => Object.assign(request, { what }));
}

function queueNamed(url: string, { queues, deadLetterQueue, othersQueues }: Places): string {
  const name = url.split('/').at(-1);
  const known = [...queues, deadLetterQueue, ...othersQueues];
  return known.find((arn) => arn.endsWith(`:${name}`)) ?? url;
}

/** What of the bucket a list is asked for. */
export function below(prefix: string | undefined): string {
  return prefix === undefined ? '' : ` below ${prefix}`;
}

function describe({ what, action, resource, leadingKeys = [], prefix }: NamedRequest): string {
  // Ids differ from run to run.
  const keys = leadingKeys.map((key) => key.replaceAll(/_[0-9a-f]{12,32}/g, '_…')).join(', ');
  const items = keys === '' ? '' : ` with the key ${keys}`;
  const where = `${resource}${items}${below(prefix)}`;
  return `expected the role to ${what}, got no right to ${action} on ${where}`;
}
