import {
  type AttributeValue,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { isTaskId } from '@taskfleet/toolbox/contract';
import {
  type IndexName,
  TABLE_INDEXES,
  TASK_TABLE,
  type TaskTable,
} from '@taskfleet/toolbox/table';
import type { IndexEntry } from './indexEntry.ts';

/** Where DynamoDB goes on in a partition. */
export type StartKey = Record<string, AttributeValue>;

export interface IndexRequest {
  readonly index: IndexName;
  readonly partition: string;
  /** Milliseconds since 1970: nothing newer, and nothing older, is read. Default: everything. */
  readonly newest?: number | undefined;
  readonly oldest?: number | undefined;
  readonly limit: number;
  /** Only items whose key begins like this. Default: of every kind that has a task's id. */
  readonly keyPrefix?: string | undefined;
}

export interface IndexPage {
  readonly entries: readonly IndexEntry[];
  /** Left out at the partition's end. */
  readonly next: StartKey | undefined;
}

/** The largest number that a clock's milliseconds, and marshall, can be. */
const LATEST = Number.MAX_SAFE_INTEGER;

/** One page of a partition, newest first. Index reads are eventually consistent: a new task may take a moment to show. */
export async function queryIndex(
  { dynamodb, tableName }: TaskTable,
  request: IndexRequest,
  start: StartKey | undefined,
): Promise<IndexPage> {
  const input = { TableName: tableName, ...indexQuery(request), ExclusiveStartKey: start };
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(new QueryCommand(input));
  const { sortKey } = keysOf(request.index);
  return {
    entries: Items.flatMap((found) => entryOf(found, sortKey, request.keyPrefix)),
    next: LastEvaluatedKey,
  };
}

/** The request's part that says what is read. Pure. */
export function indexQuery({ index, partition, newest, oldest = 0, limit }: IndexRequest) {
  const { partitionKey, sortKey } = keysOf(index);
  const isBounded = oldest > 0 || (newest !== undefined && newest < LATEST);
  const bounds = { ':oldest': oldest, ':newest': Math.min(newest ?? LATEST, LATEST) };
  return {
    IndexName: index,
    ScanIndexForward: false,
    Limit: limit,
    KeyConditionExpression: isBounded
      ? '#key = :key AND #at BETWEEN :oldest AND :newest'
      : '#key = :key',
    ExpressionAttributeNames: { '#key': partitionKey, ...(isBounded && { '#at': sortKey }) },
    ExpressionAttributeValues: marshall({ ':key': partition, ...(isBounded && bounds) }),
  } satisfies Partial<QueryCommandInput>;
}

function keysOf(index: IndexName) {
  const keys = TABLE_INDEXES.find(({ name }) => name === index);
  if (!keys) throw new Error(`the table has no index "${index}"`);
  return keys;
}

/** `task#<id>`, `result#<id>` and `dead#<id>` are all of the task with this id. Records of other kinds are in no index. */
function entryOf(
  found: Record<string, AttributeValue>,
  sortKey: string,
  keyPrefix = '',
): IndexEntry[] {
  const key = found[TASK_TABLE.partitionKey]?.S ?? '';
  const id = key.split('#')[1] ?? '';
  return key.startsWith(keyPrefix) && isTaskId(id) ? [{ id, at: Number(found[sortKey]?.N) }] : [];
}
