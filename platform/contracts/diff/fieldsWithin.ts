import type { JsonSchema } from '../inputSchema.ts';
import { target } from './shape.ts';

/** What is said of a field beside which values it takes. */
export interface FieldFacts {
  readonly isSecret: boolean;
  /** Whether it refuses fields that it does not declare. */
  readonly isStrict: boolean;
  /** Whether it keeps them. */
  readonly isLoose: boolean;
  readonly default: unknown;
}

type Schema = JsonSchema | boolean;

/** Every place within a schema that a value may have something at. Where several forms are possible, what one of them says. */
export function fieldsWithin(place: string, schema: JsonSchema): ReadonlyMap<string, FieldFacts> {
  const found = new Map<string, FieldFacts>();
  collect(place, { schema, root: schema, under: [], found });
  return found;
}

interface Collecting {
  readonly schema: Schema;
  readonly root: JsonSchema;
  /** A recursive schema comes back to itself. */
  readonly under: readonly Schema[];
  readonly found: Map<string, FieldFacts>;
}

function collect(path: string, { schema, root, under, found }: Collecting): void {
  const own = target({ schema, root });
  if (under.includes(own)) return;
  found.set(path, bothFacts(factsOf(own), found.get(path)));
  for (const [at, inner] of members(path, own)) {
    collect(at, { schema: inner, root, under: [...under, own], found });
  }
}

function factsOf({
  writeOnly,
  additionalProperties: others,
  default: standard,
}: JsonSchema): FieldFacts {
  return {
    isSecret: writeOnly === true,
    isStrict: others === false,
    isLoose: isSchema(others),
    default: standard,
  };
}

/** Of two forms of one field. */
function bothFacts(a: FieldFacts, b: FieldFacts = a): FieldFacts {
  return {
    isSecret: a.isSecret || b.isSecret,
    isStrict: a.isStrict || b.isStrict,
    isLoose: a.isLoose || b.isLoose,
    default: a.default ?? b.default,
  };
}

function members(path: string, schema: JsonSchema): readonly (readonly [string, Schema])[] {
  const { anyOf = [], oneOf = [], allOf = [], properties = {}, prefixItems = [] } = schema;
  const { items, additionalProperties: others } = schema;
  return [
    ...[...anyOf, ...oneOf, ...allOf].map((one) => [path, one] as const),
    ...Object.entries(properties).map(([key, one]) => [`${path}.${key}`, one] as const),
    ...prefixItems.map((one, i) => [`${path}[${i}]`, one] as const),
    ...(isSchema(items) ? [[`${path}[]`, items] as const] : []),
    ...(isSchema(others) ? [[`${path}.*`, others] as const] : []),
  ];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
