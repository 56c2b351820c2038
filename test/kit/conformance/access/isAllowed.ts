import { z } from 'zod';

/** A request as IAM sees it. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  /** `dynamodb:LeadingKeys`: partition keys of the items, for the actions that name items. */
  readonly leadingKeys?: readonly string[];
  /** `s3:prefix`: what a list of the bucket is asked for. */
  readonly prefix?: string | undefined;
}

const oneOrMore = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z
    .strictObject({
      'ForAllValues:StringLike': z.strictObject({ 'dynamodb:LeadingKeys': oneOrMore }).optional(),
      StringLike: z.strictObject({ 's3:prefix': oneOrMore }).optional(),
    })
    .optional(),
});

export type Statement = z.output<typeof statementSchema>;

/** A statement of a policy's JSON. Throws for one of a form that is not known here. */
export function readStatement(json: unknown): Statement {
  return statementSchema.parse(json);
}

/**
 * Whether the statements, as a policy's JSON has them, allow the request. A small part of IAM's evaluation, and strict: a
 * statement of a form that it does not know is an error, and a condition never holds for a request without what it is about.
 */
export function isAllowed(statements: readonly unknown[], request: AccessRequest): boolean {
  const fitting = statements.map(readStatement).filter((statement) => fits(statement, request));
  return fitting.length > 0 && fitting.every(({ Effect }) => Effect === 'Allow');
}

function fits({ Action, Resource, Condition }: Statement, request: AccessRequest): boolean {
  return (
    Action.some((pattern) => isLike(request.action, pattern)) &&
    Resource.some((pattern) => isLike(request.resource, pattern)) &&
    holds(Condition, request)
  );
}

function holds(condition: Statement['Condition'] = {}, request: AccessRequest): boolean {
  const { 'ForAllValues:StringLike': items, StringLike: lists } = condition;
  const prefixes = request.prefix === undefined ? [] : [request.prefix];
  return (
    (!items || areLike(request.leadingKeys ?? [], items['dynamodb:LeadingKeys'])) &&
    (!lists || areLike(prefixes, lists['s3:prefix']))
  );
}

function areLike(keys: readonly string[], patterns: readonly string[]): boolean {
  return keys.length > 0 && keys.every((key) => patterns.some((pattern) => isLike(key, pattern)));
}

/** `*` stands for any text. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
