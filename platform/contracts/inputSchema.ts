import { type AnyTask, artifactRef, isSecret } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** A JSON Schema, or a part of one. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a caller passes, as JSON Schema; what is secret in it as `writeOnly`. What JSON Schema cannot say is left open. */
export function inputSchema({ input }: Pick<AnyTask, 'input'>): JsonSchema {
  return jsonSchemaOf(input, 'input');
}

/** What a caller gets, as JSON Schema. */
export function outputSchema({ output }: Pick<AnyTask, 'output'>): JsonSchema {
  return jsonSchemaOf(output, 'output');
}

/** What tells the marks of schemas, which each copy of the toolbox keeps for itself. */
export interface Marks {
  readonly artifactRef: z.core.$ZodType;
  readonly isSecret: (schema: z.core.$ZodType) => boolean;
}

/** `also` may add to the schema of each part. */
export function jsonSchemaOf(
  schema: z.core.$ZodType,
  io: 'input' | 'output',
  marks: Marks = { artifactRef, isSecret },
  also?: (schema: z.core.$ZodType, jsonSchema: JsonSchema) => void,
): JsonSchema {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const part: z.core.$ZodType = zodSchema;
      if (part === marks.artifactRef)
        Object.assign(jsonSchema, { type: 'string', format: 'artifact' });
      if (marks.isSecret(part)) Object.assign(jsonSchema, { writeOnly: true });
      also?.(part, jsonSchema);
    },
  });
}

/** A schema on one line: `gallery: string, size?: integer`. Anything without fields is described as a whole. */
export function describeSchema(schema: JsonSchema): string {
  const { properties, required = [] } = schema;
  if (!properties) return typeOf(schema);
  return Object.entries(properties)
    .map(([name, field]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(field)}`)
    .join(', ');
}

function typeOf(schema: JsonSchema | boolean): string {
  if (typeof schema === 'boolean') return 'any';
  const { enum: values, anyOf, items, properties, format, type } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (anyOf) return anyOf.map(typeOf).join(' | ');
  if (type === 'array') return `${elementType(items)}[]`;
  if (properties) return `{ ${describeSchema(schema)} }`;
  return format ?? [type ?? 'any'].flat().join(' | ');
}

function elementType(items: JsonSchema['items']): string {
  if (items === undefined || Array.isArray(items)) return 'any';
  const type = typeOf(items);
  return type.includes(' | ') ? `(${type})` : type;
}
