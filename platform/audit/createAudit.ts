import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '@taskfleet/toolbox/clock';
import { readItems, TASK_TABLE, type TaskTable } from '@taskfleet/toolbox/table';
import { checkLimit } from '../checkLimit.ts';
import { ListRequestError } from '../errors.ts';
import { indexQuery } from '../reader/queryIndex.ts';
import {
  AUDIT_PARTITION,
  type AuditBegin,
  type AuditEnd,
  type AuditEntry,
  beginKey,
  endKey,
  entryFrom,
  newAuditId,
  storedBegin,
  storedEnd,
  timeOf,
} from './auditEntry.ts';

export interface AuditRequest {
  /** Entries of a page, from 1 to 50. */
  readonly limit: number;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** For the next page; left out when nothing is left. */
  readonly cursor?: string;
}

/** What was done with a stage, and by whom. Entries are added, and neither changed nor removed until they expire. */
export interface Audit {
  /** Writes that something is about to be done. Resolves to the entry's id. */
  begin(begin: Omit<AuditBegin, 'at'>): Promise<string>;
  /** Writes what came of it. */
  end(id: string, end: Omit<AuditEnd, 'endedAt'>): Promise<void>;
  /** The newest first. One of the last moment may be missing. Throws ListRequestError. */
  list(request: AuditRequest): Promise<AuditPage>;
}

export interface AuditOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'now' | 'sleep' | 'random' | 'randomBytes'>;
}

/** Of each entry two items are read, and DynamoDB reads a hundred together. */
export const MOST_AUDIT_ENTRIES = 50;

export function createAudit(options: AuditOptions): Audit {
  const { table, clock } = options;
  return {
    begin: async (begin) => {
      const id = newAuditId(clock);
      await append(table, storedBegin(id, { ...begin, at: timeOf(id) ?? clock.now() }));
      return id;
    },
    end: async (id, end) => append(table, storedEnd(id, { ...end, endedAt: clock.now() })),
    list: async (request) => listEntries(options, request),
  };
}

async function append(
  { dynamodb, tableName }: TaskTable,
  Item: ReturnType<typeof storedBegin>,
): Promise<void> {
  const ConditionExpression = `attribute_not_exists(${TASK_TABLE.partitionKey})`;
  await dynamodb.send(new PutItemCommand({ TableName: tableName, Item, ConditionExpression }));
}

async function listEntries(
  { table, clock }: AuditOptions,
  { limit, cursor }: AuditRequest,
): Promise<AuditPage> {
  checkLimit(limit, MOST_AUDIT_ENTRIES);
  const { Items = [], LastEvaluatedKey } = await table.dynamodb.send(
    new QueryCommand({
      TableName: table.tableName,
      ...indexQuery({ index: 'recent', partition: AUDIT_PARTITION, limit }),
      ExclusiveStartKey: cursor === undefined ? undefined : startAfter(cursor),
    }),
  );
  const ids = Items.map((item) => idIn(item[TASK_TABLE.partitionKey]?.S));
  const items = await readItems(
    table,
    ids.flatMap((id) => [beginKey(id), endKey(id)]),
    clock,
  );
  const found = new Map(items.map((item) => [item[TASK_TABLE.partitionKey]?.S, item]));
  const entries = ids.flatMap((id) => {
    const begin = found.get(beginKey(id));
    return (begin && entryFrom(id, begin, found.get(endKey(id)))) ?? [];
  });
  const last = ids.at(-1);
  return { entries, ...(LastEvaluatedKey && last !== undefined && { cursor: last }) };
}

function idIn(key = ''): string {
  return key.slice(beginKey('').length);
}

function startAfter(cursor: string) {
  const at = timeOf(cursor);
  if (at === undefined) {
    throw new ListRequestError('cursor: expected the one that the page before ended with');
  }
  const keys = { recentShard: AUDIT_PARTITION, recentAt: at };
  return marshall({ [TASK_TABLE.partitionKey]: beginKey(cursor), ...keys });
}
