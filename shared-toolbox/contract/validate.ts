import { z } from 'zod';
import { type FieldProblem, ValidationError } from '../errors.ts';

/** Any value that JSON can carry. */
export type Json = z.core.util.JSONType;

/** A value, or the typed reason why there is none. */
export type Parsed<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

/** Checks a value against a schema. `subject` opens the message: `input of export.project`. */
export function validate<S extends z.ZodType>(
  subject: string,
  schema: S,
  value: unknown,
): Parsed<z.output<S>, ValidationError> {
  const parsed = fit(schema, value, DEEPEST);
  if (parsed.ok) return parsed;
  return { ok: false, error: new ValidationError(subject, parsed.error) };
}

/**
 * Levels of nesting that an input or output may have. Schemas, JSON and redaction descend by recursion: without a limit
 * a message from outside could overflow the stack, and with it end the process.
 */
export const DEEPEST = 100;

/** The value as the schema has it, or what does not fit. */
export function fit<S extends z.ZodType>(
  schema: S,
  value: unknown,
  levels: number,
): Parsed<z.output<S>, [FieldProblem, ...FieldProblem[]]> {
  if (isDeeperThan(levels, value)) {
    const message = `is nested more than ${levels} levels deep`;
    return { ok: false, error: [{ field: '(root)', message }] };
  }
  const parsed = schema.safeParse(value, { reportInput: false });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, error: fieldProblems(parsed.error) };
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member));
}

/** zod's issues as field and message, at least one. Never contains the value itself: it may be secret. */
export function fieldProblems(error: z.ZodError): [FieldProblem, ...FieldProblem[]] {
  const [first, ...rest] = error.issues.map(fieldProblem);
  return [first ?? { field: '(root)', message: 'is not valid' }, ...rest];
}

function fieldProblem({ path, message }: z.core.$ZodIssue): FieldProblem {
  return { field: z.core.toDotPath(path) || '(root)', message: lowerFirst(message) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
