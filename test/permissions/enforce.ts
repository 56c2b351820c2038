import type { Clients } from '@taskfleet/toolbox/aws';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { accessRequest, type Arns } from '../kit/conformance/access/accessRequests.ts';
import { type AccessRequest, isAllowed } from '../kit/conformance/access/isAllowed.ts';

/** What was asked for and not allowed. */
export interface Denied extends AccessRequest {
  readonly command: string;
}

/** Lets clients do what the statements allow, and refuses the rest as AWS does. Returns what was refused so far. */
export function enforce(
  clients: Clients,
  statements: readonly PolicyStatement[],
  arns: Arns,
): readonly Denied[] {
  const policy = statements.map((statement): unknown => statement.toStatementJson());
  const denied: Denied[] = [];
  const check = (command: string, input: unknown): void => {
    const request = accessRequest(command, input, arns);
    if (isAllowed(policy, request)) return;
    denied.push({ command, ...request });
    const error = new Error(`not authorized to perform ${request.action} on ${request.resource}`);
    throw Object.assign(error, {
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    });
  };
  for (const client of Object.values(clients)) guard(client, check);
  return denied;
}

function guard(
  client: Clients[keyof Clients],
  check: (command: string, input: unknown) => void,
): void {
  const stack = client.middlewareStack as Clients['sqs']['middlewareStack'];
  stack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        check(commandName, args.input);
        return next(args);
      },
    { step: 'initialize', name: 'enforcePolicy' },
  );
}
