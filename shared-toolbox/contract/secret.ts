import { z } from 'zod';

/** What takes a secret's place in records, logs and pages. */
export const REDACTED = '[secret]';

/** Of all copies of the toolbox in a process: a contract from another repository may bring one, and its secrets are secrets here. */
const SHARED = Symbol.for('@taskfleet/toolbox secrets');

const shared = globalThis as { [SHARED]?: z.core.$ZodRegistry<{ secret: true }> };
const secrets = (shared[SHARED] ??= z.registry());

/** Marks a schema's value as secret: it reaches the handler, and no record, log line or page. */
export function secret<S extends z.ZodType>(schema: S): S {
  const marked = schema.clone();
  secrets.add(marked, { secret: true });
  return marked;
}

type Schema = z.core.$ZodType;

/**
 * The value with every secret replaced by `[secret]`. Follows objects, arrays, tuples, records, unions and wrappers such
 * as optional and default. Where several schemas describe a value, as in a union, it is secret when one of them says so.
 */
export function redact(schema: Schema, value: unknown): unknown {
  return replaceSecrets([schema], value, () => REDACTED);
}

/** The secrets in a value: what `redact` replaces, as it is. */
export function secretsIn(schema: Schema, value: unknown): unknown[] {
  const found: unknown[] = [];
  replaceSecrets([schema], value, (secret) => found.push(secret));
  return found;
}

/** Whether any part of a value of this schema may be secret. */
export function holdsSecret(schema: Schema): boolean {
  const seen = new Set(withInner([schema]));
  for (const part of seen) {
    if (isSecret(part)) return true;
    for (const inner of withInner(memberSchemas(part._zod.def))) seen.add(inner);
  }
  return false;
}

function memberSchemas({ shape, catchall, element, items, rest, valueType }: Definition): Schema[] {
  return [
    ...Object.values(shape ?? {}),
    catchall,
    element,
    ...(items ?? []),
    rest,
    valueType,
  ].filter((part): part is Schema => part !== undefined && part !== null);
}

/** Every part of the value is looked at once, with all schemas that describe it: so it ends on recursive schemas, and soon. */
function replaceSecrets(
  schemas: readonly Schema[],
  value: unknown,
  replace: (secret: unknown) => unknown,
): unknown {
  if (value === undefined || value === null) return value;
  const all = withInner(schemas);
  if (all.some(isSecret)) return replace(value);
  if (Array.isArray(value)) {
    return value.map((member, i) =>
      replaceSecrets(schemasAt(all, elementSchema, i), member, replace),
    );
  }
  return typeof value === 'object' ? replaceInEntries(all, value, replace) : value;
}

function replaceInEntries(
  schemas: readonly Schema[],
  value: object,
  replace: (secret: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      replaceSecrets(schemasAt(schemas, entrySchema, key), member, replace),
    ]),
  );
}

/** Whether the value as a whole is one. get(), not has(): a mark also holds for what is derived from the schema, as in secret(z.string()).min(3). */
export function isSecret(schema: Schema): boolean {
  return secrets.get(schema as z.ZodType)?.secret === true;
}

/** The parts of zod's schema definitions that can hold other schemas. */
interface Definition {
  readonly type: string;
  readonly shape?: Record<string, Schema>;
  readonly catchall?: Schema;
  readonly element?: Schema;
  readonly items?: readonly Schema[];
  readonly rest?: Schema | null;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  readonly left?: Schema;
  readonly right?: Schema;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly out?: Schema;
}

/** The schemas and all that describe the same value: inside wrappers, unions, intersections, both ends of pipes. */
function withInner(schemas: readonly Schema[]): readonly Schema[] {
  const all = new Set(schemas);
  for (const schema of all) {
    const { innerType, left, right, options = [], ...pipe }: Definition = schema._zod.def;
    const lazy = (schema as z.ZodLazy)._zod.innerType;
    for (const inner of [innerType, lazy, pipe.in, pipe.out, left, right, ...options]) {
      if (inner) all.add(inner);
    }
  }
  return [...all];
}

type MemberSchema<Key> = (definition: Definition, key: Key) => Schema | null | undefined;

function schemasAt<Key>(
  schemas: readonly Schema[],
  memberSchema: MemberSchema<Key>,
  key: Key,
): Schema[] {
  return schemas.flatMap(({ _zod }) => memberSchema(_zod.def, key) ?? []);
}

function elementSchema({ element, items, rest }: Definition, index: number) {
  return element ?? items?.[index] ?? rest;
}

function entrySchema({ shape, valueType, catchall }: Definition, key: string) {
  const field = shape && Object.hasOwn(shape, key) ? shape[key] : undefined;
  return field ?? valueType ?? catchall;
}
