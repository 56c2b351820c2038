import type { Output } from '../deps.ts';
import { paint } from './paint.ts';
import { plainText } from './plainText.ts';

export function writeLine(stream: Output, line: string): void {
  stream.write(`${line}\n`);
}

/** The one JSON document of a command with `--json`. */
export function writeJson(stream: Output, value: unknown): void {
  writeLine(stream, JSON.stringify(value ?? null));
}

/** A value for people. JSON escapes what could act on a terminal, but for the C1 controls. */
export function writeValue(stream: Output, value: unknown): void {
  const text = JSON.stringify(value ?? null, undefined, 2);
  writeLine(stream, text.replaceAll(/[\u007f-\u009f]/g, ''));
}

/** One line, whatever the message. */
export function writeError(stream: Output, message: string): void {
  writeLine(stream, `${paint(stream, 'red', 'error:')} ${plainText(message)}`);
}
