import type { JsonSchema } from '../inputSchema.ts';
import { OPAQUE } from './description.ts';

/** A JSON Schema, and the document that its references point into. */
export interface Part {
  readonly schema: JsonSchema | boolean;
  readonly root: JsonSchema;
}

/**
 * One of the forms that a value may have: without references, `allOf`, `anyOf` or `oneOf`; `const` is an `enum` of one, and `patterns`
 * has all of them.
 */
export type Shape = JsonSchema & { readonly patterns?: readonly string[] };

const NEVER: Shape = { not: {} };

/** Keywords that say nothing of which values there may be. */
const ANNOTATIONS = new Set(
  '$schema $defs id $id title description default examples deprecated readOnly writeOnly'.split(
    ' ',
  ),
);

/** Without what says nothing of values. */
function rules(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword)),
  );
}

/** The schema that a reference means, which is the same object each time. */
export function target({ schema, root }: Part): JsonSchema {
  if (typeof schema === 'boolean') return schema ? {} : NEVER;
  if (schema.$ref === undefined) return schema;
  const path = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
  let found: unknown = root;
  for (const key of path) found = (found as Record<string, unknown> | undefined)?.[key];
  return target({ schema: (found ?? {}) as JsonSchema, root });
}

/** All the forms that a value may have. */
export function shapesOf(part: Part): readonly Shape[] {
  const { root } = part;
  const { anyOf, oneOf, ...rest } = merged(rules(target(part)), root);
  const options = anyOf ?? oneOf;
  if (!options) return typesOf(rest);
  const outer: JsonSchema = anyOf && oneOf ? { ...rest, oneOf } : rest;
  const isBare = Object.keys(outer).length === 0;
  return options.flatMap((schema) =>
    shapesOf({ schema: isBare ? schema : { allOf: [outer, target({ schema, root })] }, root }),
  );
}

/** `type` may be a list. */
function typesOf(shape: Shape): readonly Shape[] {
  const { type } = shape as { readonly type?: unknown };
  return Array.isArray(type) ? type.map((one) => Object.assign({}, shape, { type: one })) : [shape];
}

function merged({ allOf = [], const: only, pattern, ...own }: JsonSchema, root: JsonSchema): Shape {
  const plain: Shape = {
    ...own,
    ...(only !== undefined && { enum: [only] }),
    ...(pattern !== undefined && { patterns: [pattern] }),
  };
  return allOf
    .map((schema) => merged(rules(target({ schema, root })), root))
    .reduce((all, one) => both(all, one), plain);
}

type Combine = (a: never, b: never) => unknown;

const most = (a: number, b: number) => Math.max(a, b);
const least = (a: number, b: number) => Math.min(a, b);
const joined = (a: readonly unknown[], b: readonly unknown[]) => [...new Set([...a, ...b])];

/** How two values of a keyword hold together. Of any other keyword, nothing tells. */
const COMBINATIONS: Readonly<Record<string, Combine>> = {
  minLength: most,
  minimum: most,
  exclusiveMinimum: most,
  minItems: most,
  maxLength: least,
  maximum: least,
  exclusiveMaximum: least,
  maxItems: least,
  required: joined,
  patterns: joined,
  [OPAQUE]: joined,
  enum: (a: readonly unknown[], b: readonly unknown[]) => a.filter((value) => b.includes(value)),
  properties: (a: Record<string, JsonSchema>, b: Record<string, JsonSchema>) => {
    const shared = Object.keys(a).filter((key) => Object.hasOwn(b, key));
    const fields = shared.map((key) => [key, { allOf: [a[key], b[key]] }]);
    return { ...a, ...b, ...Object.fromEntries(fields) };
  },
};

/** What fits both. */
function both(a: Shape, b: Shape): Shape {
  const all: Record<string, unknown> = { ...a };
  for (const [keyword, value] of Object.entries(b)) {
    const own = all[keyword];
    const combine = COMBINATIONS[keyword];
    if (own === undefined || sameJson(own, value)) all[keyword] = value;
    else if (keyword === 'type') all['type'] = narrowerType(own, value);
    else if (combine) all[keyword] = combine(own as never, value as never);
    // Read by nothing that knows it: whoever compares finds it on one side only.
    else
      all[OPAQUE] = joined((all[OPAQUE] as string[]) ?? [], [JSON.stringify({ [keyword]: value })]);
  }
  return all['type'] === undefined && 'type' in all ? NEVER : all;
}

function narrowerType(a: unknown, b: unknown): unknown {
  const types = new Set([a, b]);
  if (types.has('integer') && types.has('number')) return 'integer';
  const common = [a].flat().filter((type) => [b].flat().includes(type));
  return common.length > 1 ? common : common[0];
}

/** Whether two values are the same JSON, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
