import type { ListName, RowOf } from './pageSchemas.ts';
import type { Source } from './openSource.ts';

/** Says how much of a list has been read. */
export type OnRows = (read: number, count: number) => void;

/** Hands every row of a list on, one after the other, and says how far it is after each page. Resolves to how many there were. */
export async function readList<L extends ListName>(
  source: Source,
  list: L,
  take: (row: RowOf<L>) => Promise<void>,
  onRows: OnRows,
): Promise<number> {
  let read = 0;
  for await (const { rows, count } of source.pages(list)) {
    for (const row of rows) await take(row);
    read += rows.length;
    onRows(read, Math.max(read, count));
  }
  return read;
}
