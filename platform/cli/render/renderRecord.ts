import { isTerminal, type Json } from '@taskfleet/toolbox/contract';
import type { SeenTask } from '../../signals/index.ts';
import type { Output } from '../deps.ts';
import { instant, span } from './age.ts';
import { paintState, stateText } from './paint.ts';
import { plainText } from './plainText.ts';

type Row = readonly [label: string, text: string];

/** A task's record for people: one line for each thing that is known. */
export function renderRecord(stream: Output, record: SeenTask, now: number): string {
  const rows: Row[] = [
    ['id', record.id],
    ['state', `${paintState(stream, record.state, stateText(record))}${stateNote(record)}`],
    ...requestRows(record, now),
    ...outcomeRows(record, now),
  ];
  return rows.map(([label, text]) => `${label.padEnd(9)}${text}`).join('\n');
}

function stateNote({ attempt, state, progress }: SeenTask): string {
  const notes = [
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(progress && !isTerminal(state) ? [`${Math.floor(progress.fraction * 100)}%`] : []),
    ...(progress?.note && !isTerminal(state) ? [plainText(progress.note)] : []),
  ];
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
}

/** A task of which the platform has not seen the request yet is shown by its result alone. */
function requestRows(record: SeenTask, now: number): Row[] {
  const { task, createdAt, creator, subject, group, priority, parent, periodic } = record;
  const moment = (at: number | undefined) => (at === undefined ? undefined : instant(at, now));
  return present({
    task,
    created: moment(createdAt),
    due: moment(record.dueAt),
    expires: moment(record.expires),
    turn: moment(record.turnAt),
    creator,
    subject,
    group,
    priority,
    parent,
    periodic: periodic && `${periodic.name}, for ${new Date(periodic.at).toISOString()}`,
    input: valueText(record.input, record.inputBytes),
  });
}

function outcomeRows(record: SeenTask, now: number): Row[] {
  const { startedAt, finishedAt, error } = record;
  const took = startedAt !== undefined && finishedAt !== undefined && span(finishedAt - startedAt);
  return present({
    worker: isTerminal(record.state) ? undefined : record.holder,
    started: startedAt === undefined ? undefined : instant(startedAt, now),
    finished: finishedAt === undefined ? undefined : instant(finishedAt, now),
    took: took || undefined,
    output: valueText(record.output, record.outputBytes),
    error: error && `${error.name}: ${error.message}${attemptNote(error.attempt)}`,
  });
}

/** The value; of one that is in the bucket, and was not fetched, its size; undefined when there is none. */
export function valueText(
  value: Json | undefined,
  sizeBytes: number | undefined,
): string | undefined {
  if (value !== undefined) return JSON.stringify(value);
  return sizeBytes === undefined ? undefined : `${sizeBytes} bytes, in the bucket`;
}

/** A task that was never run died in no attempt. */
function attemptNote(attempt: number): string {
  return attempt === 0 ? '' : ` (attempt ${attempt})`;
}

function present(texts: Readonly<Record<string, string | undefined>>): Row[] {
  return Object.entries(texts).flatMap(([label, text]) =>
    text === undefined ? [] : [[label, plainText(text)] as const],
  );
}
