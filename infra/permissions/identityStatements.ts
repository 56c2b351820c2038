import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow, keysLike, type StageArns } from './statements.ts';

/** API keys and tokens: to make, look up, list and revoke them. Their secrets are not in the table. */
export function manageKeys({ table }: Pick<StageArns, 'table'>): PolicyStatement {
  return allow({
    sid: 'ManageKeys',
    actions: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'dynamodb:DeleteItem',
    ],
    resources: [table],
    conditions: keysLike('key#*'),
  });
}

/** The audit: to add to it and read it. Nobody may change or delete what is in it. */
export function addToTheAudit({ table }: Pick<StageArns, 'table'>): PolicyStatement {
  return allow({
    sid: 'AddToTheAudit',
    actions: ['dynamodb:BatchGetItem', 'dynamodb:PutItem'],
    resources: [table],
    conditions: keysLike('audit#*'),
  });
}
