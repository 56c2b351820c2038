import type { JsonSchema } from '../inputSchema.ts';
import type { Pair } from './pair.ts';
import type { Refusal } from './refusal.ts';
import type { Shape } from './shape.ts';

type Schema = JsonSchema | boolean;

function at(pair: Pair, path: string, writer: Schema, reader: Schema): Refusal[] {
  return pair.compare({
    ...pair,
    path,
    writer: { ...pair.writer, schema: writer },
    reader: { ...pair.reader, schema: reader },
  });
}

/** Elements by their position, and then those after them. */
export function arrayRefusals(pair: Pair, writer: Shape, reader: Shape): Refusal[] {
  const positions = Math.max(writer.prefixItems?.length ?? 0, reader.prefixItems?.length ?? 0);
  const most = writer.maxItems ?? Infinity;
  const fixed = Array.from({ length: Math.min(positions, most) }, (_, i) =>
    at(pair, `${pair.path}[${i}]`, elementAt(writer, i), elementAt(reader, i)),
  ).flat();
  if (most <= positions) return fixed;
  return [
    ...fixed,
    ...at(pair, `${pair.path}[]`, elementAt(writer, positions), elementAt(reader, positions)),
  ];
}

function elementAt({ prefixItems, items }: Shape, index: number): Schema {
  return (prefixItems?.[index] ?? items ?? true) as Schema;
}

/** Fields by their names, and then all others. */
export function objectRefusals(pair: Pair, writer: Shape, reader: Shape): Refusal[] {
  return [
    ...missingFields(pair.path, writer, reader),
    ...Object.keys(fieldsOf(reader)).flatMap((key) => knownField(pair, key, { writer, reader })),
    ...Object.keys(fieldsOf(writer))
      .filter((key) => !Object.hasOwn(fieldsOf(reader), key))
      .flatMap((key) => surplusField(pair, key, { writer, reader })),
    ...otherFields(pair, writer, reader),
    ...fieldNames(pair, writer, reader),
  ];
}

interface Both {
  readonly writer: Shape;
  readonly reader: Shape;
}

function missingFields(path: string, writer: Shape, reader: Shape): Refusal[] {
  const { required = [] } = reader;
  return required
    .filter((key) => !writer.required?.includes(key))
    .map((key) => ({ kind: 'missing', path: `${path}.${key}`, isKnown: key in fieldsOf(writer) }));
}

/** Of a writer that is open to fields that it does not name, any may be this one. */
function knownField(pair: Pair, key: string, { writer, reader }: Both): Refusal[] {
  const own = Object.hasOwn(fieldsOf(writer), key) ? fieldsOf(writer)[key] : openTo(writer);
  const other = fieldsOf(reader)[key];
  if (own === undefined || other === undefined) return [];
  return at(pair, `${pair.path}.${key}`, own, other);
}

function surplusField(pair: Pair, key: string, { writer, reader }: Both): Refusal[] {
  const own = fieldsOf(writer)[key];
  const { additionalProperties: others } = reader;
  if (own === undefined || others === undefined) return [];
  const path = `${pair.path}.${key}`;
  if (others === false) return isNever(own) ? [] : [{ kind: 'surplus', path }];
  return [...at(pair, path, own, others), ...nameRefusals(pair, key, reader)];
}

function nameRefusals(pair: Pair, key: string, { propertyNames }: Shape): Refusal[] {
  if (propertyNames === undefined) return [];
  return at(pair, `${pair.path} (names)`, { const: key }, propertyNames);
}

function otherFields(pair: Pair, writer: Shape, reader: Shape): Refusal[] {
  const own = openTo(writer);
  const { additionalProperties: others } = reader;
  if (own === undefined || others === undefined) return [];
  if (others === false) return [{ kind: 'surplusFields', path: pair.path }];
  return at(pair, `${pair.path}.*`, own, others);
}

function fieldNames(pair: Pair, writer: Shape, reader: Shape): Refusal[] {
  if (reader.propertyNames === undefined || openTo(writer) === undefined) return [];
  const own = writer.propertyNames ?? { type: 'string' };
  return at(pair, `${pair.path} (names)`, own, reader.propertyNames);
}

function fieldsOf({ properties = {} }: Shape): Readonly<Record<string, Schema>> {
  return properties;
}

/** What a field may be that the schema does not name; undefined where there are none. */
function openTo({ additionalProperties: others }: Shape): Schema | undefined {
  return others === false ? undefined : others;
}

/** A field that nobody can have. */
function isNever(schema: Schema): boolean {
  return schema === false || (schema !== true && schema.not !== undefined);
}
