import { type AttributeValue, BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '../clock.ts';
import { ThrottledError } from '../errors.ts';
import { TASK_TABLE } from './layout.ts';
import type { Stored } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';

/** The pause doubles from the first to the longest with every answer that brings nothing. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** Answers in a row that bring nothing, four to seven seconds, until the table counts as out of capacity. */
const MOST_IN_VAIN = 8;

type Key = Record<string, AttributeValue>;

export interface ReadItemsOptions {
  /** Sees every write that was acknowledged, for twice the price. Default: true. */
  readonly isConsistent?: boolean;
}

/**
 * Reads up to 100 items by their keys; those that are not there are left out. What DynamoDB leaves out, for
 * want of capacity or because an answer holds 16 MB, is asked for again after a pause. Throws ThrottledError when it
 * brings nothing for too long.
 */
export async function readItems(
  table: TaskTable,
  keys: readonly string[],
  clock: Pick<Clock, 'sleep' | 'random'>,
  { isConsistent = true }: ReadItemsOptions = {},
): Promise<Stored[]> {
  const items: Stored[] = [];
  let pending: Key[] = keys.map((key) => marshall({ [TASK_TABLE.partitionKey]: key }));
  let inVain = 0;
  while (pending.length > 0) {
    const { found, left } = await readSome(table, pending, isConsistent);
    items.push(...found);
    inVain = left.length < pending.length ? 0 : inVain + 1;
    if (inVain === MOST_IN_VAIN) throw new ThrottledError('the table', left.length, inVain);
    pending = left;
    if (left.length > 0) await clock.sleep(pauseMs(inVain, clock.random()));
  }
  return items;
}

async function readSome(
  { dynamodb, tableName }: TaskTable,
  Keys: Key[],
  ConsistentRead: boolean,
): Promise<{ found: Stored[]; left: Key[] }> {
  const { Responses, UnprocessedKeys } = await dynamodb.send(
    new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead } } }),
  );
  return { found: Responses?.[tableName] ?? [], left: UnprocessedKeys?.[tableName]?.Keys ?? [] };
}

/** Spread over its upper half, so that readers who were refused together do not come back together. */
function pauseMs(inVain: number, random: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** inVain) * (0.5 + random / 2);
}
