import { isTaskId, UnknownIdError } from '@taskfleet/toolbox/contract';
import { type LogLine, readLog, type TaskTable } from '@taskfleet/toolbox/table';
import { ListRequestError } from '../errors.ts';

export interface LogRequest {
  readonly id: string;
  /** The cursor of an answer before: only what was said since. Default: all that is kept. */
  readonly after?: string | undefined;
}

/** Lines of a task's log, the oldest first. */
export interface LogPage {
  /** The attempt that said them; left out while nothing is kept. */
  readonly attempt?: number;
  readonly lines: readonly LogLine[];
  /** Lines before these, and after the cursor, that are not kept any more. */
  readonly dropped: number;
  /** Where to go on. */
  readonly cursor: string;
}

/** How far somebody has read. */
interface Place {
  readonly token: number;
  /** Lines of the attempt with this token. */
  readonly said: number;
}

const PATTERN = /^(?<token>\d{1,15})\.(?<said>\d{1,15})$/;

/** What is kept of a task's log. Another attempt's log begins anew, whatever the cursor. */
export async function readTaskLog(
  table: TaskTable,
  { id, after = cursorAt({ token: 0, said: 0 }) }: LogRequest,
): Promise<LogPage> {
  if (!isTaskId(id)) throw new UnknownIdError(id);
  const place = parseCursor(after);
  const log = await readLog(table, id);
  if (!log) return { lines: [], dropped: 0, cursor: after };
  const known = log.token === place.token ? place.said : 0;
  const gone = log.said - log.lines.length;
  return {
    attempt: log.attempt,
    lines: log.lines.slice(Math.max(0, known - gone)),
    dropped: Math.max(0, gone - known),
    cursor: cursorAt(log),
  };
}

function cursorAt({ token, said }: Place): string {
  return `${token}.${said}`;
}

function parseCursor(cursor: string): Place {
  const { token, said } = PATTERN.exec(cursor)?.groups ?? {};
  if (token !== undefined && said !== undefined)
    return { token: Number(token), said: Number(said) };
  const got = JSON.stringify(cursor.slice(0, 80));
  throw new ListRequestError(`after: expected the cursor of an answer before, got ${got}`);
}
