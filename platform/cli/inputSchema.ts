import { type AnyTask, artifactRef } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** A JSON Schema, or a part of one. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a caller passes, as JSON Schema. What it cannot say is left open. */
export function inputSchema(task: AnyTask): JsonSchema {
  return z.toJSONSchema<z.ZodType>(task.input, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === artifactRef)
        Object.assign(jsonSchema, { type: 'string', format: 'artifact' });
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
