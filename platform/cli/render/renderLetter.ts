import type { TaskRecord } from '@taskfleet/toolbox/contract';
import type { DeadLetter } from '../../deadLetters/index.ts';
import type { Output } from '../deps.ts';
import { instant } from './age.ts';
import { paint, paintState } from './paint.ts';
import { plainText } from './plainText.ts';
import { valueText } from './renderRecord.ts';

export interface LetterParts {
  readonly letter: DeadLetter;
  /** Of the task that the letter speaks of. */
  readonly record: TaskRecord | undefined;
  /** Of a message that cannot be read. */
  readonly body: string | undefined;
  /** Print that, whatever it holds. */
  readonly raw: boolean;
}

type Row = readonly [label: string, text: string | undefined];

/** A dead letter for people: one line for each thing that is known. */
export function renderLetter(stream: Output, parts: LetterParts, now: number): string {
  const { letter, record } = parts;
  const rows: Row[] = [
    ['id', letter.id],
    ['letter', letter.state],
    ['worker', letter.service],
    ...taskRows(stream, letter, record),
    ['reason', plainText(letter.reason)],
    ['died', instant(letter.diedAt, now)],
    ['left', letter.leftAt === undefined ? undefined : instant(letter.leftAt, now)],
    ['group', letter.group === letter.id ? undefined : plainText(letter.group)],
    ['message', messageText(stream, parts)],
  ];
  return rows
    .flatMap(([label, text]) => (text === undefined ? [] : `${label.padEnd(9)}${text}`))
    .join('\n');
}

function taskRows(
  stream: Output,
  { id, task, taskId, attempt }: DeadLetter,
  record: TaskRecord | undefined,
): Row[] {
  const name = record?.task ?? task;
  const input = valueText(record?.input, record?.inputBytes);
  return [
    ['task', name === undefined ? undefined : plainText(name)],
    ['task id', taskId === id ? undefined : taskId],
    ['state', record && paintState(stream, record.state)],
    ['attempts', attempt === 0 ? undefined : String(attempt)],
    ['input', input === undefined ? undefined : plainText(input)],
  ];
}

function messageText(stream: Output, { body, raw }: LetterParts): string | undefined {
  if (body === undefined) return undefined;
  return raw ? plainText(body) : paint(stream, 'dim', '--raw prints it; it may hold secrets');
}
