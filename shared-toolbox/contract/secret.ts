import { z } from 'zod';

/** What takes a secret's place in records, logs and pages. */
export const REDACTED = '[secret]';

const secrets = z.registry<{ secret: true }>();

/** Marks a schema's value as secret: it reaches the handler, and no record, log line or page. */
export function secret<S extends z.ZodType>(schema: S): S {
  const marked = schema.clone();
  secrets.add(marked, { secret: true });
  return marked;
}

/**
 * The value with every secret replaced by `[secret]`. Follows objects, arrays, tuples, records, unions and wrappers such
 * as optional and default. Where a union has a secret in one member, the value is treated as that member's.
 */
export function redact(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  // get(), not has(): a mark also holds for what is derived from the schema, as in secret(z.string()).min(3).
  if (secrets.get(schema as z.ZodType)?.secret) return REDACTED;
  return redactInside(schema._zod.def, value);
}

/** The parts of zod's schema definitions that can hold other schemas. */
interface Definition {
  readonly type: string;
  readonly shape?: Record<string, z.core.$ZodType>;
  readonly catchall?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly items?: readonly z.core.$ZodType[];
  readonly rest?: z.core.$ZodType | null;
  readonly valueType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly left?: z.core.$ZodType;
  readonly right?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly getter?: () => z.core.$ZodType;
}

function redactInside(definition: Definition, value: unknown): unknown {
  const schemas = schemasOfSameValue(definition);
  if (schemas.length > 0) {
    return schemas.reduce<unknown>((redacted, schema) => redact(schema, redacted), value);
  }
  if (Array.isArray(value)) return value.map((member, i) => redactMember(definition, member, i));
  if (typeof value === 'object' && value !== null) return redactEntries(definition, value);
  return value;
}

/** Schemas that describe the value itself: of a wrapper, a union, an intersection, a pipe's input. */
function schemasOfSameValue(definition: Definition): readonly z.core.$ZodType[] {
  const { innerType, in: input, getter, options = [], left, right } = definition;
  return [innerType, input, getter?.(), left, right, ...options].filter((s) => s !== undefined);
}

function redactMember(definition: Definition, member: unknown, index: number): unknown {
  const schema = definition.element ?? definition.items?.[index] ?? definition.rest;
  return schema ? redact(schema, member) : member;
}

function redactEntries(definition: Definition, value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const schema = definition.shape?.[key] ?? definition.valueType ?? definition.catchall;
      return [key, schema ? redact(schema, member) : member];
    }),
  );
}
