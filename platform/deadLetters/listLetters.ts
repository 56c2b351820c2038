import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { SHARDS, TASK_TABLE, type TaskTable } from '@taskfleet/toolbox/table';
import { checkLimit } from '../checkLimit.ts';
import { cursorAt, parseCursor } from '../reader/cursor.ts';
import type { IndexEntry } from '../reader/indexEntry.ts';
import { walkIndex } from '../reader/walkIndex.ts';
import { ENTRY_PREFIX, entryKey, type LetterEntry, parseEntry } from './entry.ts';

export const LARGEST_PAGE = 500;

export interface LettersRequest {
  /** Only of this worker, or `platform`. Default: of all. */
  readonly service?: string | undefined;
  /** Letters of a page, from 1 to 500. */
  readonly limit: number;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
}

export interface LetterPage {
  readonly letters: readonly LetterEntry[];
  /** For the next page; left out when nothing is left. */
  readonly cursor?: string;
}

/** Letters that are in their dead-letter queue, the last to die first. Throws ListRequestError. */
export async function listLetters(table: TaskTable, request: LettersRequest): Promise<LetterPage> {
  const { limit, service, cursor } = request;
  checkLimit(limit, LARGEST_PAGE);
  const after = cursor === undefined ? undefined : parseCursor('failed', cursor);
  const letters: LetterEntry[] = [];
  for await (const letter of walkLetters(table, after)) {
    if (!isThere(letter, service)) continue;
    // One more than asked for: there is another page.
    if (letters.length === limit) return { letters, cursor: cursorAfter(letter, letters) };
    letters.push(letter);
  }
  return { letters };
}

/** Every letter of a service that is in its queue. */
export async function allLetters(table: TaskTable, service: string): Promise<LetterEntry[]> {
  const letters: LetterEntry[] = [];
  for await (const letter of walkLetters(table, undefined)) {
    if (isThere(letter, service)) letters.push(letter);
  }
  return letters;
}

function isThere({ state, ...letter }: LetterEntry, service: string | undefined): boolean {
  return (
    (state === 'waiting' || state === 'redriving') &&
    (service === undefined || letter.service === service)
  );
}

function cursorAfter(next: LetterEntry, letters: readonly LetterEntry[]): string {
  const { id, diedAt } = letters.at(-1) ?? next;
  return cursorAt('failed', { id, at: diedAt });
}

/** DynamoDB reads 100 items together (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const CHUNK = 100;

async function* walkLetters(
  table: TaskTable,
  after: IndexEntry | undefined,
): AsyncGenerator<LetterEntry, void> {
  const requests = Array.from({ length: SHARDS }, (_, shard) => ({
    index: 'failed' as const,
    partition: String(shard),
    limit: CHUNK,
    keyPrefix: ENTRY_PREFIX,
  }));
  let chunk: IndexEntry[] = [];
  for await (const at of walkIndex(table, { requests, others: [], after })) {
    chunk.push(at);
    if (chunk.length < CHUNK) continue;
    yield* await read(table, chunk);
    chunk = [];
  }
  yield* await read(table, chunk);
}

/** In the order of the index; a letter that has left it since is left out. */
async function read(table: TaskTable, chunk: readonly IndexEntry[]): Promise<LetterEntry[]> {
  const found = new Map<string, LetterEntry>();
  let keys = chunk.map(({ id }) => marshall({ [TASK_TABLE.partitionKey]: entryKey(id) }));
  while (keys.length > 0) {
    const { Responses, UnprocessedKeys } = await table.dynamodb.send(
      new BatchGetItemCommand({
        RequestItems: { [table.tableName]: { Keys: keys, ConsistentRead: true } },
      }),
    );
    const letters = Responses?.[table.tableName]?.map((item) => parseEntry(unmarshall(item)));
    for (const letter of letters ?? []) found.set(letter.id, letter);
    keys = UnprocessedKeys?.[table.tableName]?.Keys ?? [];
  }
  return chunk.flatMap(({ id }) => found.get(id) ?? []);
}
