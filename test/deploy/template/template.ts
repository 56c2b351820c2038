import { z } from 'zod';

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((ids) => [ids].flat()),
  DeletionPolicy: z.string().optional(),
});

/** Any template: what is not named here stays as it is. */
export const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
});

export type Template = z.output<typeof templateSchema>;
export type TemplateResource = z.output<typeof resource>;

/** Whether the resource stays when its stack goes. */
export function isRetained(resource: TemplateResource | undefined): boolean {
  return resource?.DeletionPolicy?.startsWith('Retain') ?? false;
}
