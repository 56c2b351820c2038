import { type Json, REDACTED } from '../../contract/index.ts';
import { cutText } from './cutText.ts';
import type { InputSecrets } from '../inputSecrets.ts';

/** What of a value is looked at: more would not fit into a line. */
const DEEPEST = 4;
const MOST_MEMBERS = 20;
const LONGEST_TEXT_BYTES = 400;

const LEFT_OUT = '…';

/** A handler's value as JSON that a line can have, without the input's secrets. Never throws: what cannot be read is told so. */
export function plainValue(value: unknown, secrets: InputSecrets): Json {
  try {
    return plainAt(value, secrets, 1);
  } catch {
    return '[unreadable]';
  }
}

function plainAt(value: unknown, secrets: InputSecrets, depth: number): Json {
  if (secrets.has(value)) return REDACTED;
  switch (typeof value) {
    case 'string':
      return cutText(secrets.redact(value), LONGEST_TEXT_BYTES);
    case 'object':
      return value && plainObject(value, secrets, depth);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    case 'undefined':
      return null;
    default:
      return `[${typeof value}]`;
  }
}

function plainObject(value: object, secrets: InputSecrets, above: number): Json {
  const depth = above + 1;
  if (above > DEEPEST) return LEFT_OUT;
  if (value instanceof Error) {
    const { name, message } = value;
    return plainAt({ name, message }, secrets, depth);
  }
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return plainAt(value.toJSON(), secrets, depth);
  }
  if (Array.isArray(value)) {
    const members = value.slice(0, MOST_MEMBERS).map((each) => plainAt(each, secrets, depth));
    return value.length > MOST_MEMBERS ? [...members, LEFT_OUT] : members;
  }
  const entries = Object.entries(value);
  const plain = entries
    .slice(0, MOST_MEMBERS)
    .map(([key, each]) => [plainKey(key, secrets), plainAt(each, secrets, depth)] as const);
  const rest = entries.length > MOST_MEMBERS ? { [LEFT_OUT]: LEFT_OUT } : {};
  return { ...Object.fromEntries(plain), ...rest };
}

export function plainKey(key: string, secrets: InputSecrets): string {
  return cutText(secrets.redact(key), LONGEST_TEXT_BYTES);
}
