import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { TaskId } from '../contract/index.ts';
import { epochSeconds } from './expiry.ts';
import { logKey, TASK_TABLE } from './layout.ts';
import type { Stored } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';

const lineSchema = z.object({
  /** Milliseconds since 1970, in whole seconds. */
  at: z.int().nonnegative(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string(),
  fields: z.record(z.string(), z.json()).optional(),
});

const logSchema = z.object({
  v: z.literal(1),
  attempt: z.int().positive(),
  token: z.int().nonnegative(),
  said: z.int().nonnegative(),
  lines: z.instanceof(Uint8Array),
});

/** Something that a handler has said. */
export type LogLine = Readonly<z.output<typeof lineSchema>>;

/** The end of what an attempt has said. */
export interface KeptLog {
  readonly attempt: number;
  /** The attempt's fencing token: a number alone may come twice, as an attempt that was given back does not count. */
  readonly token: number;
  /** Lines so far, those that are not kept among them. */
  readonly said: number;
  /** The last ones, the oldest first. */
  readonly lines: readonly LogLine[];
}

export interface LogToKeep extends Omit<KeptLog, 'lines'> {
  readonly id: TaskId;
  /** From `packLines`. */
  readonly packed: Uint8Array;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** More than the lines of any log take, however well they are packed. */
const MOST_BYTES = 1_048_576;

/** Lines as they are stored. A log says the same words again and again: packed it is a fourth to a tenth, and so are its write units. */
export function packLines(lines: readonly LogLine[]): Uint8Array {
  return deflateRawSync(JSON.stringify(lines));
}

/**
 * Replaces what is kept of the task's log, unless a later attempt, or the same with more to say, was faster. One write unit for each KB.
 * Resolves to whether it was written.
 */
export async function putLog(
  { dynamodb, tableName }: TaskTable,
  { id, packed, expiresAt, ...log }: LogToKeep,
  abortSignal?: AbortSignal,
): Promise<boolean> {
  const Item = marshall({
    ...log,
    v: 1,
    lines: packed,
    [TASK_TABLE.partitionKey]: logKey(id),
    [TASK_TABLE.timeToLive]: epochSeconds(expiresAt),
  });
  const put = new PutItemCommand({
    TableName: tableName,
    Item,
    ConditionExpression:
      'attribute_not_exists(#token) OR #token < :token OR (#token = :token AND #said < :said)',
    ExpressionAttributeNames: { '#token': 'token', '#said': 'said' },
    ExpressionAttributeValues: marshall({ ':token': log.token, ':said': log.said }),
  });
  return unlessRefused(dynamodb.send(put, abortSignal === undefined ? {} : { abortSignal }));
}

/** What is kept of a task's log; undefined for none. Half a read unit for each 4 KB, and so maybe without the last second. */
export async function readLog(
  { dynamodb, tableName }: TaskTable,
  id: TaskId,
): Promise<KeptLog | undefined> {
  const Key = marshall({ [TASK_TABLE.partitionKey]: logKey(id) });
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: tableName, Key }));
  return Item && logFrom(Item);
}

/** One of another form, as of a later version, tells nothing here. */
function logFrom(stored: Stored): KeptLog | undefined {
  const { data } = logSchema.safeParse(unmarshall(stored));
  if (!data) return undefined;
  const { v: _version, lines, ...log } = data;
  return { ...log, lines: unpackLines(lines) };
}

function unpackLines(packed: Uint8Array): LogLine[] {
  const text = inflateRawSync(packed, { maxOutputLength: MOST_BYTES }).toString();
  return z.array(lineSchema).safeParse(JSON.parse(text)).data ?? [];
}
