import { createHash } from 'node:crypto';
import type { z } from 'zod';

type Schema = z.core.$ZodType;
type Code = (...args: never[]) => unknown;

/** The parts of zod's definitions that JSON Schema cannot say. */
interface Definition {
  readonly type: string;
  readonly checks?: readonly z.core.$ZodCheck[];
  readonly coerce?: boolean;
  readonly fn?: Code;
  readonly transform?: Code;
  readonly in?: Schema;
  readonly out?: Schema;
}

interface CheckDefinition {
  readonly check: string;
  readonly fn?: Code;
  readonly tx?: Code;
}

/** Types that JSON has not, whose JSON Schema is empty. */
const NOT_IN_JSON = new Set(
  'bigint date file function map nan promise set success symbol'.split(' '),
);

export interface Opaque {
  readonly schema: Schema;
  /** The JSON Schema of a part that values only meet after a transform. */
  readonly describe: (schema: Schema) => unknown;
  /** The text of all contracts: stands for code that zod gives nobody to see. */
  readonly sources: string;
}

/** Digests of the rules of a schema that its JSON Schema does not have. */
export function opaqueRules(opaque: Opaque): string[] {
  const { type, checks = [], coerce, fn, transform }: Definition = opaque.schema._zod.def;
  const texts = checks.map((check) => checkText(check, opaque.sources));
  if (coerce) texts.push('coerce');
  if (type === 'catch' || NOT_IN_JSON.has(type)) texts.push(type);
  // The function of a custom type, of a transform, or of a pipe with both ways.
  for (const code of [fn, transform]) if (code) texts.push(`${type} ${code.toString()}`);
  if (type === 'pipe') texts.push(...pipeTexts(opaque));
  return texts.filter((text) => text !== '').map(digest);
}

function pipeTexts({ schema, describe }: Opaque): string[] {
  const { in: first, out }: Definition = schema._zod.def;
  const ends = [first, out].map((end) => end && definitionOf(end).transform);
  const texts = ends.map((code, i) => (code ? `${i} ${code.toString()}` : ''));
  // What comes out of a transform has to fit this in its turn.
  if (out && !ends[1]) texts.push(`into ${JSON.stringify(describe(out))}`);
  return texts;
}

function checkText(check: z.core.$ZodCheck, sources: string): string {
  const { check: kind, fn, tx }: CheckDefinition = check._zod.def;
  if (kind === 'overwrite') return `overwrite ${tx?.toString()}`;
  if (kind !== 'custom') return '';
  return fn === undefined ? `hidden ${sources}` : `refine ${fn.toString()}`;
}

function definitionOf(schema: Schema): Definition {
  return schema._zod.def;
}

/** The same for texts that differ in white space only. */
export function digest(text: string): string {
  return createHash('sha256').update(text.replaceAll(/\s+/g, ' ')).digest('hex').slice(0, 12);
}
