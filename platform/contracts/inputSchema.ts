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

function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === artifactRef)
        Object.assign(jsonSchema, { type: 'string', format: 'artifact' });
      if (isSecret(zodSchema)) Object.assign(jsonSchema, { writeOnly: true });
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
