import { type OutputUnit, Validator } from '@cfworker/json-schema';
import type { JsonSchema } from './schema.ts';

/** What is wrong with which field, by its path such as `sizes.0.name`; of the whole by the empty path. */
export type FieldErrors = Readonly<Record<string, string>>;

/** Keywords that only say that something within does not fit. */
const OUTER = new Set([
  'properties',
  'items',
  'prefixItems',
  '$ref',
  'additionalProperties',
  'false',
  'propertyNames',
]);

/** Without code that is made at run time, which the page's policy forbids. Pure. */
export function validateInput(schema: JsonSchema, value: unknown): FieldErrors {
  const validator = new Validator(schema as object, '2020-12', false);
  const { errors } = validator.validate(value);
  const found: Record<string, string> = {};
  for (const error of errors) {
    const path = pathOf(error);
    if (!isInner(error, errors) && found[path] === undefined) found[path] = messageOf(error);
  }
  return found;
}

/** Said better by an error deeper in. */
function isInner(
  { keyword, instanceLocation }: OutputUnit,
  errors: readonly OutputUnit[],
): boolean {
  if (!OUTER.has(keyword)) return false;
  return errors.some(
    (other) =>
      !OUTER.has(other.keyword) &&
      other.instanceLocation.length >= instanceLocation.length &&
      other.instanceLocation.startsWith(instanceLocation),
  );
}

function pathOf({ keyword, instanceLocation, error }: OutputUnit): string {
  const parts = instanceLocation.split('/').slice(1).map(unescaped);
  const [, missing] = keyword === 'required' ? (/property "(.+)"/.exec(error) ?? []) : [];
  return [...parts, ...(missing === undefined ? [] : [missing])].join('.');
}

function messageOf({ keyword, error }: OutputUnit): string {
  return keyword === 'required'
    ? 'is needed'
    : error.replace(/^Instance /, '').replace(/^type /, 'expected another type: ');
}

function unescaped(part: string): string {
  return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The server's words at the same fields. */
export function errorsFrom(
  problems: readonly { readonly field: string; readonly message: string }[],
): FieldErrors {
  return Object.fromEntries(
    problems.map(({ field, message }) => [
      field
        .replace(/^body\./, '')
        .replace(/^input\.?/, '')
        .replaceAll(/\[(\d+)\]/g, '.$1'),
      message,
    ]),
  );
}
