import type { Json } from '../../contract/index.ts';
import type { LogLevel } from '../../log/index.ts';
import type { LogLine } from '../../table/index.ts';
import { cutText, jsonBytes } from './cutText.ts';
import type { InputSecrets } from '../inputSecrets.ts';
import { plainKey, plainValue } from './plainValue.ts';

/** Of a line's JSON. A message leaves some of them to the fields. */
export const LONGEST_LINE_BYTES = 1_024;
const LONGEST_MESSAGE_BYTES = 700;

/** Fields that are looked at: more do not fit. */
const MOST_FIELDS = 50;

/** Stands among the fields where some did not fit. */
const LEFT_OUT = '…';
const LEFT_OUT_BYTES = 16;

/** What a handler has said, as its arguments came. */
export interface Said {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly level: LogLevel;
  readonly message: unknown;
  readonly fields: unknown;
}

/** A line as it is kept: without the input's secrets, and as much of it as one may take. */
export function lineOf({ at, level, message, fields }: Said, secrets: InputSecrets): LogLine {
  const line = {
    at: wholeSecond(at),
    level,
    message: cutText(secrets.redact(String(message)), LONGEST_MESSAGE_BYTES),
  };
  if (typeof fields !== 'object' || fields === null) return line;
  const room = LONGEST_LINE_BYTES - jsonBytes({ ...line, fields: {} }) - LEFT_OUT_BYTES;
  const kept = fittingFields(fields, secrets, room);
  return Object.keys(kept).length === 0 ? line : { ...line, fields: kept };
}

/** What is kept of a line that cannot be read, and so may hold anything. */
export function unreadableLine(at: number, level: LogLevel): LogLine {
  return { at: wholeSecond(at), level, message: '[unreadable]' };
}

function wholeSecond(at: number): number {
  return Math.floor(at / 1_000) * 1_000;
}

/** In their order, those that still fit. */
function fittingFields(fields: object, secrets: InputSecrets, room: number): Record<string, Json> {
  const given = Object.keys(fields);
  const kept: [string, Json][] = [];
  let left = room;
  for (const key of given.slice(0, MOST_FIELDS)) {
    const field: [string, Json] = [plainKey(key, secrets), plainField(fields, key, secrets)];
    // The brackets around it are as long as its colon and comma.
    const bytes = jsonBytes(field);
    if (bytes > left) continue;
    left -= bytes;
    kept.push(field);
  }
  if (kept.length < given.length) kept.push([LEFT_OUT, LEFT_OUT]);
  return Object.fromEntries(kept);
}

function plainField(fields: object, key: string, secrets: InputSecrets): Json {
  // Read inside: a getter may throw.
  return plainValue({ toJSON: () => (fields as Record<string, unknown>)[key] }, secrets);
}
