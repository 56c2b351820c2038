import {
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { TaskId } from '@taskfleet/toolbox/contract';
import {
  TASK_TABLE,
  type TaskTable,
  type Update,
  updateExpression,
} from '@taskfleet/toolbox/table';
import { entryKey, type LetterEntry, type LetterState, parseEntry } from './entry.ts';
import { readEntry } from './keepEntry.ts';

/** The entry after a change that was made, or as it stood in its way. */
export interface Changed {
  readonly made: boolean;
  readonly entry: LetterEntry | undefined;
}

interface Copy {
  readonly id: TaskId;
  /** The change is for this copy of the message only. */
  readonly messageId: string;
}

/** Notes how the hidden message can be reached. */
export async function noteReceipt(table: TaskTable, copy: Copy, receipt: string): Promise<Changed> {
  return change(table, copy, { set: { receipt }, from: ['waiting', 'redriving'] });
}

/** Asks the watcher to put the letter back. Asking twice is asking once. */
export async function requestRedrive(table: TaskTable, copy: Copy): Promise<Changed> {
  return change(table, copy, { set: { state: 'redriving' }, from: ['waiting', 'redriving'] });
}

/** Lets the letter go: it is back in its queue. */
export async function noteRedriven(table: TaskTable, copy: Copy, now: number): Promise<Changed> {
  const set = { state: 'redriven', leftAt: now };
  return change(table, copy, { set, from: ['redriving', 'redriven'], remove: PASSED });
}

/** Gives the letter up for good. */
export async function notePurged(table: TaskTable, copy: Copy, now: number): Promise<Changed> {
  const set = { state: 'purged', leftAt: now };
  return change(table, copy, { set, from: ['waiting', 'purged'], remove: ['body'] });
}

/** What a redriven letter has no more: a place among what ended badly, a message to reach. */
const PASSED = ['failedShard', 'failedAt', 'receipt', 'body'] as const;

interface Change extends Omit<Update, 'condition'> {
  /** States from which it may be made. */
  readonly from: readonly LetterState[];
}

async function change(
  table: TaskTable,
  { id, messageId }: Copy,
  { from, ...update }: Change,
): Promise<Changed> {
  const states = Object.fromEntries(from.map((state) => [state, state]));
  const list = from.map((state) => `:if_${state}`).join(', ');
  const condition = {
    expression: `#messageId = :if_messageId AND #state IN (${list})`,
    names: ['messageId', 'state'],
    values: { ...states, messageId },
  };
  try {
    const answer = await send(table, id, { ...update, condition });
    return { made: true, entry: answer.Attributes && parseEntry(unmarshall(answer.Attributes)) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { made: false, entry: await readEntry(table, id) };
  }
}

async function send(
  { dynamodb, tableName }: TaskTable,
  id: TaskId,
  update: Update,
): Promise<UpdateItemCommandOutput> {
  return dynamodb.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: marshall({ [TASK_TABLE.partitionKey]: entryKey(id) }),
      ...updateExpression(update),
      ReturnValues: 'ALL_NEW',
    }),
  );
}
