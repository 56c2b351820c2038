import type { JsonSchema } from '@taskfleet/platform/contracts';

/** A field of a value, which everybody may see. */
export interface OpenField {
  readonly name: string;
  /** Such as `input.users[].token`. */
  readonly path: string;
  readonly schema: JsonSchema;
}

/** Every field that a schema describes, but for secrets and what is in them. */
export function openFields(root: JsonSchema, path: string): OpenField[] {
  const found = new Map<string, OpenField>();
  const seen = new Set<JsonSchema>();
  const visit = (given: Part, at: string): void => {
    const schema = part(root, given);
    if (!schema || seen.has(schema) || isSecret(schema)) return;
    seen.add(schema);
    for (const field of fieldsOf(root, schema, at)) {
      if (!isSecret(field.schema)) found.set(field.path, field);
      visit(field.schema, field.path);
    }
    for (const other of alternatives(schema)) visit(other, at);
    for (const member of members(schema)) visit(member, `${at}[]`);
    visit(schema.additionalProperties, `${at}.*`);
  };
  visit(root, path);
  return [...found.values()];
}

type Part = JsonSchema | boolean | undefined;

function fieldsOf(root: JsonSchema, { properties = {} }: JsonSchema, at: string): OpenField[] {
  return Object.entries(properties).map(([name, field]) => {
    return { name, path: `${at}.${name}`, schema: part(root, field) ?? {} };
  });
}

function alternatives({ anyOf = [], allOf = [], oneOf = [] }: JsonSchema): Part[] {
  return [...anyOf, ...allOf, ...oneOf];
}

function members({ items, prefixItems = [] }: JsonSchema): Part[] {
  return [...(Array.isArray(items) ? items : [items]), ...prefixItems];
}

/** A value that may be one of several is secret when one of them is: so it is with what is shown. */
function isSecret(schema: JsonSchema): boolean {
  if (schema.writeOnly === true) return true;
  return alternatives(schema).some((other) => typeof other === 'object' && isSecret(other));
}

const DEFINED = '#/$defs/';

/** What a part stands for; undefined where it says nothing. */
function part(root: JsonSchema, given: Part): JsonSchema | undefined {
  if (typeof given !== 'object') return undefined;
  const { $ref } = given;
  if ($ref === '#') return root;
  const found = $ref?.startsWith(DEFINED) && root.$defs?.[$ref.slice(DEFINED.length)];
  return typeof found === 'object' ? found : given;
}
