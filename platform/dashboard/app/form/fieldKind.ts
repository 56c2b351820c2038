import type { JsonSchema } from './schema.ts';

/** How a schema is asked for. `json`: as text, for what has no form of its own. */
export type FieldKind =
  | 'array'
  | 'boolean'
  | 'choice'
  | 'constant'
  | 'integer'
  | 'json'
  | 'nullable'
  | 'number'
  | 'object'
  | 'secret'
  | 'text';

/** Pure. References are followed within the root. */
export function fieldKind(root: JsonSchema, schema: JsonSchema): FieldKind {
  const given = resolved(root, schema);
  if (given.const !== undefined) return 'constant';
  if (choicesOf(root, given)) return 'choice';
  if (innerOf(given)) return 'nullable';
  if (given.anyOf || given.oneOf || given.allOf) return 'json';
  return ofType(given);
}

function ofType(given: JsonSchema): FieldKind {
  const { type } = given;
  if (type === 'string') return given.writeOnly ? 'secret' : 'text';
  if (type === 'number' || type === 'integer' || type === 'boolean') return type;
  if (type === 'array' || type === 'object') return ofParts(type, given);
  return 'json';
}

/** Only what has the same fields, or elements of one kind, has a form. */
function ofParts(type: 'array' | 'object', given: JsonSchema): FieldKind {
  if (type === 'array') return given.items && !given.prefixItems ? 'array' : 'json';
  return given.properties && typeof given.additionalProperties !== 'object' ? 'object' : 'json';
}

/** The values that a schema lets one choose of; undefined when it is no such choice. Pure. */
export function choicesOf(root: JsonSchema, given: JsonSchema): readonly unknown[] | undefined {
  if (given.enum) return given.enum;
  const constants = alternativesOf(given).map((one) => resolved(root, one).const);
  return constants.length > 0 && !constants.includes(undefined) ? constants : undefined;
}

/** What may also be `null`; undefined when the schema says something else. Pure. */
export function innerOf(given: JsonSchema): JsonSchema | undefined {
  const alternatives = alternativesOf(given);
  const inner = alternatives.find(({ type }) => type !== 'null');
  const hasNull = alternatives.some(({ type }) => type === 'null');
  if (alternatives.length !== 2 || !inner || !hasNull) return undefined;
  return given.writeOnly ? { ...inner, writeOnly: true } : inner;
}

function alternativesOf({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] {
  return anyOf ?? oneOf ?? [];
}

/** The schema itself, or what it refers to. */
export function resolved(root: JsonSchema, schema: JsonSchema): JsonSchema {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  const { $ref: _reference, ...own } = schema;
  const target = name === undefined ? undefined : root.$defs?.[name];
  return target ? { ...resolved(root, target), ...own } : schema;
}
