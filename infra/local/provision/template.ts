import { z } from 'zod';
import { ProvisionError } from '../../errors.ts';
import { describeIssues } from './describeIssues.ts';

/** What every reader of a template needs of a resource. */
export const resourceFields = {
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((ids) => [ids].flat()),
  DeletionPolicy: z.string().optional(),
};

export const outputsField = z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({});

/** Resource attributes that are about deployments are read and ignored; `Condition` and the like are unknown keys. */
const resource = z.strictObject({
  ...resourceFields,
  UpdateReplacePolicy: z.string().optional(),
  Metadata: z.unknown().optional(),
});

/** Parameters and rules are the CDK's check that the account is bootstrapped; nothing refers to them. */
const template = z.strictObject({
  Resources: z.record(z.string(), resource),
  Outputs: outputsField,
  Parameters: z.unknown().optional(),
  Rules: z.unknown().optional(),
  Description: z.string().optional(),
});

export type Template = z.output<typeof template>;
export type TemplateResource = z.output<typeof resource>;

/** Throws ProvisionError naming every section and key that has no meaning here, such as `Conditions` or `Transform`. */
export function parseTemplate(value: unknown): Template {
  const parsed = template.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ProvisionError(`template: ${describeIssues(parsed.error)}`);
}
