import { isTaskId } from '@taskfleet/toolbox/contract';
import type { IndexName } from '@taskfleet/toolbox/table';
import { ListRequestError } from '../errors.ts';
import type { IndexEntry } from './indexEntry.ts';

const PATTERN = /^(?<index>[a-z]+)\.(?<at>[0-9a-z]{1,11})\.(?<id>.+)$/;

/** A page's end as short text: a place in the order, so that it stays good when tasks come and go. */
export function cursorAt(index: IndexName, { at, id }: IndexEntry): string {
  return `${index}.${at.toString(36)}.${id}`;
}

/** Throws ListRequestError for anything but a cursor of a list by this index. */
export function parseCursor(index: IndexName, cursor: string): IndexEntry {
  const groups = PATTERN.exec(cursor)?.groups ?? {};
  const { at: text = '', id = '' } = groups;
  const at = Number.parseInt(text, 36);
  if (groups['index'] === index && isTaskId(id) && Number.isSafeInteger(at)) return { at, id };
  const got = JSON.stringify(cursor.slice(0, 80));
  throw new ListRequestError(
    `cursor: expected the one that the page before ended with, with the same filters, got ${got}`,
  );
}
