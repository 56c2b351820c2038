import { fieldKind, resolved } from './fieldKind.ts';
import type { JsonSchema } from './schema.ts';

/** What a form begins with: defaults, constants, and empty fields of required objects and lists. Undefined is left out. Pure. */
export function initialValue(root: JsonSchema, schema: JsonSchema, isRequired: boolean): unknown {
  const given = resolved(root, schema);
  if (given.default !== undefined) return given.default;
  if (!isRequired) return undefined;
  switch (fieldKind(root, given)) {
    case 'constant':
      return given.const;
    case 'object':
      return initialObject(root, given);
    case 'array':
      return [];
    case 'boolean':
      return false;
    default:
      return undefined;
  }
}

function initialObject(root: JsonSchema, { properties = {}, required = [] }: JsonSchema): object {
  const fields = Object.entries(properties).map(
    ([name, schema]) => [name, initialValue(root, schema, required.includes(name))] as const,
  );
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
