import type { TaskTable } from '@taskfleet/toolbox/table';
import { byNewest, type IndexEntry } from './indexEntry.ts';
import { mergeNewest, newestUnread, type Partition } from './mergeNewest.ts';
import { type IndexRequest, queryIndex, type StartKey } from './queryIndex.ts';

/** The partitions of one list, and entries that belong to it without being in the index. */
export interface Walk {
  readonly requests: readonly IndexRequest[];
  readonly others: readonly IndexEntry[];
  /** Where the page before ended: only what comes after it is walked. */
  readonly after: IndexEntry | undefined;
}

interface Reading extends Partition {
  readonly request: IndexRequest;
  readonly start: StartKey | undefined;
}

/** Every entry of all partitions in one order, newest first, read as they are asked for. Never a scan. */
export async function* walkIndex(table: TaskTable, walk: Walk): AsyncGenerator<IndexEntry, void> {
  const { after } = walk;
  const others: Partition = { entries: walk.others.toSorted(byNewest), ended: true };
  let readings: readonly Reading[] = walk.requests.map((request) => begin(request, after));
  let rest = others;
  let last = after;
  do {
    readings = await readOn(table, readings);
    const { ready, kept } = mergeNewest([rest, ...readings]);
    for (const entry of ready) {
      // A message on its way out of the table has its task's place too.
      if (last === undefined || byNewest(last, entry) < 0) yield (last = entry);
    }
    rest = { entries: kept[0] ?? [], ended: true };
    readings = readings.map((reading, i) => ({ ...reading, entries: kept[i + 1] ?? [] }));
  } while (readings.some(({ ended }) => !ended));
}

function begin(request: IndexRequest, after: IndexEntry | undefined): Reading {
  const { oldest = 0, newest = Infinity } = request;
  const from = Math.min(newest, after?.at ?? Infinity);
  // DynamoDB refuses bounds that are the wrong way round.
  return {
    request: { ...request, newest: from },
    start: undefined,
    entries: [],
    ended: from < oldest,
  };
}

/** Reads a page more of every partition that holds the others back. */
async function readOn(table: TaskTable, readings: readonly Reading[]): Promise<Reading[]> {
  const limit = Math.max(...readings.map(newestUnread));
  return Promise.all(
    readings.map(async (reading) =>
      newestUnread(reading) < limit || reading.ended ? reading : readPage(table, reading),
    ),
  );
}

async function readPage(table: TaskTable, reading: Reading): Promise<Reading> {
  const { entries, next } = await queryIndex(table, reading.request, reading.start);
  const known = [...reading.entries, ...entries];
  return { ...reading, entries: known, start: next, ended: next === undefined };
}
