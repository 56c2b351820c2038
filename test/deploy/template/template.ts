import { z } from 'zod';
import { outputsField, resourceFields } from '../../../infra/local/provision/template.ts';

const resource = z.looseObject(resourceFields);

/** Any template: what is not named here stays as it is. */
export const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resource),
  Outputs: outputsField,
});

export type Template = z.output<typeof templateSchema>;
export type TemplateResource = z.output<typeof resource>;

/** Whether the resource stays when its stack goes. */
export function isRetained(resource: TemplateResource | undefined): boolean {
  return resource?.DeletionPolicy?.startsWith('Retain') ?? false;
}
