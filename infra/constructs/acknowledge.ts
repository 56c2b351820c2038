import { Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { z } from 'zod';

/** Says why a rule of cdk-nag's AWS Solutions does not hold here, and below. */
export function acknowledge(scope: IConstruct, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/** Says why a role may reach everything whose name begins so, for each such resource by itself. */
export function acknowledgeWildcards(
  scope: IConstruct,
  resources: readonly string[],
  reason: string,
): void {
  const named = resources.map((resource) => nameOf(Stack.of(scope).resolve(resource)));
  for (const name of named.filter((text) => text.includes('*'))) {
    acknowledge(scope, `IAM5[Resource::${name}]`, reason);
  }
}

const reference = z
  .union([
    z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
    z.object({ Ref: z.string() }),
  ])
  .transform((value) => ('Ref' in value ? value.Ref : value['Fn::GetAtt'].join('.')));
const part = z.union([z.string(), reference.transform((name) => `<${name}>`)]);
const joined = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(part)]) });

/** An ARN as cdk-nag writes it: `<Table.Arn>/index/*`. Those of other forms have no wildcard of ours. */
function nameOf(resolved: unknown): string {
  const parsed = joined.safeParse(resolved);
  if (!parsed.success) return '';
  const [, parts] = parsed.data['Fn::Join'];
  return parts.join('');
}
