import { NoSuchKey, NotFound, S3ServiceException } from '@aws-sdk/client-s3';
import type { Clients } from '@taskfleet/toolbox/aws';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { accessRequests, type Arns } from '../kit/conformance/access/accessRequests.ts';
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
    const request = accessRequests(command, input, arns).find((one) => !isAllowed(policy, one));
    if (!request) return;
    denied.push({ command, ...request });
    throw refusal(`not authorized to perform ${request.action} on ${request.resource}`);
  };
  for (const client of Object.values(clients)) guard(client, check);
  const mayKnow = isAllowed(policy, { action: 's3:ListBucket', resource: arns.bucket });
  if (!mayKnow) hideWhatIsGone(clients.s3);
  return denied;
}

function refusal(message: string, httpStatusCode = 400): Error {
  const $metadata = { httpStatusCode };
  return new S3ServiceException({
    name: 'AccessDeniedException',
    message,
    $fault: 'client',
    $metadata,
  });
}

/** S3 says to who may not list the bucket of an object that is gone what it says of one that may not be read. */
function hideWhatIsGone(s3: Clients['s3']): void {
  s3.middlewareStack.add(
    (next) => async (args) =>
      next(args).catch((error: unknown) => {
        const isGone = error instanceof NoSuchKey || error instanceof NotFound;
        throw isGone ? refusal('not authorized to know', 403) : error;
      }),
    { step: 'initialize', name: 'hideWhatIsGone' },
  );
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
