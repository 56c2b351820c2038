import { createHash } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import {
  isTaskId,
  parseMessage,
  type TaskId,
  type TaskMessage,
  workerOfId,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { DeadMessage } from './deadMessage.ts';

/** A message of a dead-letter queue, and what can be made of it. */
export interface Letter {
  /** The task's id where the message is that task's own; else one that is derived from the message. */
  readonly id: TaskId;
  /** Whose dead-letter queue it is in: a worker's name, or `platform`. */
  readonly service: string;
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** The group that it had in its service's queue. */
  readonly groupId: string;
  /** When it came to the dead letters, as text that sorts: time, and number within the queue. */
  readonly place: string;
  /** Left out: no worker said why, the queue gave up on it. */
  readonly reason: string | undefined;
  /** What others had written on the message. */
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  /** It has a message group to itself, so that no other letter hides behind it. */
  readonly standsAlone: boolean;
  /** Whether the message has the form that this version reads. */
  readonly isReadable: boolean;
  readonly taskId: TaskId | undefined;
  /** Where the task stands in a flow. */
  readonly flow: TaskMessage['flow'];
  /** Task name. */
  readonly task: string | undefined;
  /** Milliseconds since 1970, of the task. */
  readonly createdAt: number | undefined;
}

/** What the platform writes on a letter that it gives a group of its own. */
export const LETTER_ATTRIBUTES = { reason: 'reason', group: 'group', place: 'place' } as const;

/** What can be known of a dead message. Pure; the same message gives the same id, whoever reads it. */
export function readLetter(service: string, message: DeadMessage): Letter {
  const { messageId, receiptHandle, body } = message;
  const { reason, group, place, ...attributes } = message.attributes;
  const groupId = group?.StringValue ?? message.groupId;
  const known = readKnown(body);
  const parsed = parseMessage(body);
  // A stray message of another worker's task says nothing of that task, which its own worker runs; nor does the platform's copy.
  const isOwn = known.taskId !== undefined && workerOfId(known.taskId) === service;
  const id = isOwn && known.taskId ? known.taskId : derivedId(service, groupId, body);
  return {
    id,
    service,
    messageId,
    receiptHandle,
    body,
    groupId,
    place: place?.StringValue ?? placeOf(message),
    reason: reason?.StringValue,
    attributes,
    standsAlone: message.groupId === id,
    isReadable: parsed.ok,
    flow: isOwn ? placeIn(parsed) : undefined,
    ...known,
  };
}

function placeIn(parsed: ReturnType<typeof parseMessage>): TaskMessage['flow'] {
  return parsed.ok ? parsed.value.flow : undefined;
}

/** Looks like a task's id, so that both can be listed and typed alike; no task has it. */
function derivedId(service: string, groupId: string, body: string): TaskId {
  const hash = createHash('sha256').update(JSON.stringify([service, groupId, body]));
  return `${service}_${hash.digest('hex').slice(0, 32)}`;
}

function placeOf({ sentAt, sequence }: DeadMessage): string {
  return `${String(sentAt).padStart(15, '0')}-${sequence.padStart(40, '0')}`;
}

/** Milliseconds since 1970 when a letter came to the dead letters. */
export function diedAt(place: string): number {
  return Number(place.slice(0, 15)) || 0;
}

/** Each field is taken if it is right, whatever else is wrong with the message. */
const knownSchema = z.object({
  id: z
    .custom<TaskId>((id) => typeof id === 'string' && isTaskId(id))
    .optional()
    .catch(undefined),
  task: z.string().max(95).optional().catch(undefined),
  createdAt: z.int().nonnegative().optional().catch(undefined),
});

function readKnown(body: string): Pick<Letter, 'taskId' | 'task' | 'createdAt'> {
  const { data } = knownSchema.safeParse(parseJson(body));
  return { taskId: data?.id, task: data?.task, createdAt: data?.createdAt };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
