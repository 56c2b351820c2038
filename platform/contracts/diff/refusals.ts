import { describeSchema, type JsonSchema } from '../inputSchema.ts';
import { accepts } from './accepts.ts';
import { boundRefusals, changed } from './bounds.ts';
import { OPAQUE } from './description.ts';
import { arrayRefusals, objectRefusals } from './memberRefusals.ts';
import type { Pair } from './pair.ts';
import type { Refusal } from './refusal.ts';
import { sameJson, type Shape, shapesOf, target } from './shape.ts';

/**
 * Why a reader may refuse what a writer may write, both given as JSON Schema. A writer has no fields but those that its schema names or
 * opens itself to: whoever schedules is held to them by the compiler, and records keep no others. None only where nothing can be refused.
 */
export function refusalsBetween(path: string, writer: JsonSchema, reader: JsonSchema): Refusal[] {
  return refusals({
    path,
    writer: { schema: writer, root: writer },
    reader: { schema: reader, root: reader },
    under: [],
    compare: refusals,
  });
}

function refusals(pair: Pair): Refusal[] {
  const [writer, reader] = [target(pair.writer), target(pair.reader)];
  if (pair.under.some(([w, r]) => w === writer && r === reader)) return [];
  const inner: Pair = { ...pair, under: [...pair.under, [writer, reader]] };
  const readers = shapesOf(pair.reader);
  const writers = shapesOf(pair.writer);
  return [
    ...exclusiveRefusals(pair.path, writer, reader),
    ...writers.flatMap((shape) => shapeRefusals(inner, shape, { readers, writers })),
  ];
}

/** `oneOf` refuses what fits two: that it does not, a field tells that has another value in each. */
function exclusiveRefusals(path: string, writer: JsonSchema, reader: JsonSchema): Refusal[] {
  const { oneOf } = reader;
  if (!oneOf || sameJson(writer.oneOf, oneOf) || isDiscriminated(oneOf)) return [];
  return [{ kind: 'unjudged', path, why: 'the forms of which exactly one has to fit' }];
}

function isDiscriminated(options: readonly JsonSchema[]): boolean {
  const [first] = options;
  return Object.keys(first?.properties ?? {}).some((key) => {
    const values = options.map(({ properties }) => valuesOf(properties?.[key]));
    const all = values.flat();
    return values.every(({ length }) => length > 0) && new Set(all).size === all.length;
  });
}

function valuesOf(field: JsonSchema | boolean | undefined): readonly unknown[] {
  if (typeof field !== 'object') return [];
  return field.const === undefined ? (field.enum ?? []) : [field.const];
}

interface Forms {
  readonly writers: readonly Shape[];
  readonly readers: readonly Shape[];
}

function shapeRefusals(pair: Pair, writer: Shape, { writers, readers }: Forms): Refusal[] {
  if (writer.not !== undefined) return [];
  if (writer.enum) return valueRefusals(pair.path, writer, readers);
  const found = readers.map((reader) => formRefusals(pair, writer, reader));
  const [only] = found;
  if (writers.length === 1 && found.length === 1 && only) return only;
  const nearest = found
    .filter((some) => some.every((refusal) => isInside(refusal, pair.path)))
    .toSorted((a, b) => a.length - b.length)[0];
  return nearest ?? [{ kind: 'form', path: pair.path, form: describeSchema(writer) }];
}

/** Whether two forms are the same but for something inside them: other than what tells forms apart. */
function isInside(refusal: Refusal, path: string): boolean {
  if (refusal.path === path) return refusal.kind === 'rule' && refusal.rule !== 'type';
  return refusal.kind !== 'values' || refusal.path.slice(path.length + 1).includes('.');
}

function valueRefusals(path: string, writer: Shape, readers: readonly Shape[]): Refusal[] {
  const values = writer.enum?.filter((value) => !readers.some((reader) => accepts(reader, value)));
  const opaque = readers.flatMap((reader) => opaqueRefusals(path, writer, reader)).slice(0, 1);
  return values?.length ? [{ kind: 'values', path, values }, ...opaque] : opaque;
}

function formRefusals(pair: Pair, writer: Shape, reader: Shape): Refusal[] {
  const { path } = pair;
  const opaque = opaqueRefusals(path, writer, reader);
  if (reader.not !== undefined) return [changed(path, 'type', describeSchema(writer), 'nothing')];
  if (reader.enum) {
    return [changed(path, 'type', describeSchema(writer), describeSchema(reader)), ...opaque];
  }
  if (reader.type === undefined) return [...opaque, ...unknownRefusals(path, writer, reader)];
  if (!isOfType(writer, reader)) {
    return [changed(path, 'type', describeSchema(writer), describeSchema(reader)), ...opaque];
  }
  return [
    ...opaque,
    ...boundRefusals(path, writer, reader),
    ...textRefusals(path, writer, reader),
    ...(reader.type === 'array' ? arrayRefusals(pair, writer, reader) : []),
    ...(reader.type === 'object' ? objectRefusals(pair, writer, reader) : []),
    ...unknownRefusals(path, writer, reader),
  ];
}

function isOfType(writer: Shape, reader: Shape): boolean {
  return writer.type === reader.type || (writer.type === 'integer' && reader.type === 'number');
}

function textRefusals(path: string, writer: Shape, reader: Shape): Refusal[] {
  if (reader.format !== undefined && reader.format !== writer.format) {
    return [changed(path, 'format', writer.format, reader.format)];
  }
  const { patterns: own = [] } = writer;
  const { patterns: others = [] } = reader;
  if (others.every((pattern) => own.includes(pattern))) return [];
  const rule = changed(path, 'pattern', patternText(own), patternText(others));
  // Of two patterns, nothing tells whether one allows all that the other does.
  const isTighter = own.every((pattern) => others.includes(pattern));
  return [isTighter ? rule : { ...rule, isUnjudged: true }];
}

function patternText(patterns: readonly string[]): string | undefined {
  return patterns.length === 0 ? undefined : patterns.join(' and ');
}

function opaqueRefusals(path: string, writer: Shape, reader: Shape): Refusal[] {
  const own = (writer[OPAQUE] ?? []) as readonly string[];
  const others = ((reader[OPAQUE] ?? []) as readonly string[]).filter((one) => !own.includes(one));
  if (others.length === 0) return [];
  return [{ kind: 'unjudged', path, why: 'a refinement, transform or other code of its schema' }];
}

/** What this file and its neighbours look at. */
const KNOWN = new Set(
  (
    'type enum format patterns not minLength maxLength minItems maxItems minProperties maxProperties minimum maximum ' +
    `exclusiveMinimum exclusiveMaximum multipleOf properties required additionalProperties propertyNames items prefixItems ${OPAQUE}`
  ).split(' '),
);

function unknownRefusals(path: string, writer: Shape, reader: Shape): Refusal[] {
  return Object.keys(reader)
    .filter((keyword) => !KNOWN.has(keyword) && !sameJson(writer[keyword], reader[keyword]))
    .map((keyword) => ({ kind: 'unjudged', path, why: `the rule ${keyword}` }));
}
