import type { Fleet } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { outputsField, resourceFields } from '../local/provision/template.ts';

const templateSchema = z.looseObject({
  Resources: z.record(z.string(), z.looseObject(resourceFields)),
  Outputs: outputsField,
});

export type Template = z.output<typeof templateSchema>;

/** What rules look at: a template as CloudFormation would get it, and the contracts that it has to keep. */
export interface Synthesized {
  readonly template: Template;
  readonly fleet: Fleet;
}

/** Says everything in a template that cannot work, each in a sentence that ends with what to change. Pure. */
export type Rule = (synthesized: Synthesized) => readonly string[];

export function readTemplate(template: unknown): Template {
  return templateSchema.parse(template);
}

export interface Found {
  /** Logical id. */
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export function resourcesOf({ template }: Pick<Synthesized, 'template'>, type: string): Found[] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties }]) => ({ id, properties: Properties }));
}

/** The one resource that an output names. */
export function resourceOf({ template }: Pick<Synthesized, 'template'>, output: string): Found {
  const id = idOf(template.Outputs[output]?.Value) ?? '';
  return { id, properties: template.Resources[id]?.Properties ?? {} };
}

const reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((get) => get['Fn::GetAtt'][0]),
]);

/** The logical id that a reference leads to. */
export function idOf(value: unknown): string | undefined {
  return reference.safeParse(value).data;
}

/** A property that is a number, or CloudFormation's default of it. */
export function numberOf({ properties }: Found, name: string, byDefault: number): number {
  return z.number().catch(byDefault).parse(properties[name]);
}
