import type { LogLine } from '@taskfleet/toolbox/table';
import type { LogPage } from '../../reader/index.ts';
import type { SeenTask } from '../../signals/index.ts';
import type { Output } from '../deps.ts';
import { paint } from './paint.ts';
import { plainText } from './plainText.ts';

const LEVEL_STYLES = {
  debug: 'dim',
  info: 'cyan',
  warn: 'yellow',
  error: 'red',
} as const satisfies Record<LogLine['level'], Parameters<typeof paint>[1]>;

/** A task's log for people: one line for each, and what is not there. */
export function renderLog(
  stream: Output,
  { attempt: latest }: Pick<SeenTask, 'attempt'>,
  { attempt, lines, dropped }: LogPage,
): string {
  if (attempt === undefined) return paint(stream, 'dim', 'nothing is kept of what it has said');
  const others = attempt < latest ? [`of attempt ${attempt}; ${latest} have begun`] : [];
  const gone = dropped > 0 ? [`${dropped} lines before these are not kept`] : [];
  const notes = [...others, ...gone].map((note) => paint(stream, 'dim', note));
  return [...notes, ...lines.map((line) => renderLine(stream, line))].join('\n');
}

/** One line of a log. */
export function renderLine(stream: Output, { at, level, message, fields }: LogLine): string {
  const time = new Date(at).toISOString().replace('.000Z', 'Z');
  const label = paint(stream, LEVEL_STYLES[level], level.toUpperCase().padEnd(5));
  const parts = [paint(stream, 'dim', time), label, plainText(message)];
  if (fields) parts.push(paint(stream, 'dim', plainText(JSON.stringify(fields))));
  return parts.join(' ');
}
