import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type OperatorStatementsOptions, operatorStatements } from './operatorStatements.ts';
import { manageKeys } from './identityStatements.ts';

/** What an operator may, and to make and revoke API keys: whoever has that may do all that the API can do. */
export function adminStatements(options: OperatorStatementsOptions): PolicyStatement[] {
  return [...operatorStatements(options), manageKeys(options.stage)];
}
