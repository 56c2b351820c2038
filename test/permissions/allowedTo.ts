import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { clientsOf } from '../fixtures/startParts.ts';
import { enforce } from './enforce.ts';
import { BUCKET, queueOf, TABLE } from './stageArns.ts';

/** Clients of a stack that can do what the statements allow, and what they were refused so far. */
export function allowedTo(
  stack: Parameters<typeof clientsOf>[0],
  statements: readonly PolicyStatement[],
) {
  const clients = clientsOf(stack);
  const refused = enforce(clients, statements, { queueOf, table: TABLE, bucket: BUCKET });
  return { clients, refused };
}
