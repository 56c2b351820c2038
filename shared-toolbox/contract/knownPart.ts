import type { z } from 'zod';
import type { Json } from './validate.ts';

type Schema = z.core.$ZodType;

/** The parts of zod's schema definitions that describe what goes in. */
interface Definition {
  readonly type: string;
  readonly shape?: Record<string, Schema>;
  readonly catchall?: Schema;
  readonly valueType?: Schema;
  readonly element?: Schema;
  readonly items?: readonly Schema[];
  readonly rest?: Schema | null;
  readonly options?: readonly Schema[];
  readonly left?: Schema;
  readonly right?: Schema;
  readonly innerType?: Schema;
  readonly in?: Schema;
}

/** Of what these take, nothing tells which parts they look at. */
const OPAQUE = new Set(['any', 'unknown', 'custom', 'transform', 'function', 'promise', 'success']);

/**
 * The value without what its schema does not know: the keys that an object leaves out when it is parsed. Nothing else changes, so that it
 * can be parsed again. Where several schemas may describe a value, as in a union, it keeps what one of them knows.
 */
export function knownPart(schema: Schema, value: Json): Json {
  return knownBy([schema], value);
}

function knownBy(schemas: readonly Schema[], value: Json): Json {
  if (typeof value !== 'object' || value === null || schemas.length === 0) return value;
  const [only, ...others] = schemas;
  const definitions =
    only && others.length === 0 ? describing(only) : schemas.flatMap((some) => describing(some));
  if (definitions.some(({ type }) => OPAQUE.has(type))) return value;
  if (Array.isArray(value)) {
    const schemasAt = (i: number) => listed(definitions, (some) => elementSchema(some, i));
    return value.map((member, i) => knownBy(schemasAt(i), member));
  }
  const entries: [string, Json][] = [];
  for (const [key, member] of Object.entries(value)) {
    const inner = listed(definitions, (some) => entrySchema(some, key));
    if (inner.length > 0) entries.push([key, knownBy(inner, member)]);
  }
  return Object.fromEntries(entries);
}

/** An output may be a list of a million alike. */
const described = new WeakMap<Schema, readonly Definition[]>();

/** The definitions of all that may describe the same value: inside wrappers, unions, intersections, and where pipes begin. */
function describing(outer: Schema): readonly Definition[] {
  const before = described.get(outer);
  if (before) return before;
  const all = new Set([outer]);
  for (const schema of all) {
    const { innerType, left, right, options = [], in: first }: Definition = schema._zod.def;
    const lazy = (schema as z.ZodLazy)._zod.innerType;
    for (const inner of [innerType, lazy, first, left, right, ...options]) {
      if (inner) all.add(inner);
    }
  }
  const definitions = [...all].map(({ _zod }): Definition => _zod.def);
  described.set(outer, definitions);
  return definitions;
}

function elementSchema({ element, items, rest }: Definition, index: number) {
  return element ?? items?.[index] ?? rest;
}

function entrySchema({ shape, valueType, catchall }: Definition, key: string) {
  return (shape && Object.hasOwn(shape, key) ? shape[key] : undefined) ?? valueType ?? catchall;
}

function listed(
  definitions: readonly Definition[],
  schemaOf: (definition: Definition) => Schema | null | undefined,
): readonly Schema[] {
  const found: Schema[] = [];
  for (const definition of definitions) {
    const schema = schemaOf(definition);
    if (schema) found.push(schema);
  }
  return found;
}
