import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '@taskfleet/toolbox/clock';
import { epochSeconds, TASK_TABLE } from '@taskfleet/toolbox/table';
import { z } from 'zod';

/** Everything that is audited: what it is about, and what is done with it. */
export const AUDITED_ACTIONS = [
  'task.cancel',
  'task.reschedule',
  'task.retry',
  'flow.cancel',
  'family.cancel',
  'queue.purge',
  'letter.redrive',
  'letter.purge',
  'letters.redrive',
  'letters.purge',
  'worker.tell',
  'periodic.add',
  'periodic.remove',
  'periodic.pause',
  'periodic.resume',
  'periodic.run',
  'key.create',
  'key.revoke',
  'token.mint',
] as const;

export type AuditedAction = (typeof AUDITED_ACTIONS)[number];

/** `refused`: nothing was done, and `problem` says why. `failed`: it cannot be told whether it was done. */
export const OUTCOMES = ['done', 'refused', 'failed'] as const;

const beginSchema = z.object({
  at: z.int().nonnegative(),
  by: z.string(),
  /** How they showed who they are: as principals of the API do, or `cli` with credentials of AWS. */
  kind: z.enum(['local', 'key', 'user', 'token', 'cli']),
  /** From the command line: id of the AWS access key, by which CloudTrail knows whose it is. */
  accessKeyId: z.string().optional(),
  action: z.enum(AUDITED_ACTIONS),
  target: z.string(),
  /** What exactly was asked for. Never an input, never a secret. */
  detail: z.string().optional(),
});

const endSchema = z.object({
  outcome: z.enum(OUTCOMES),
  endedAt: z.int().nonnegative(),
  /** Code of the problem. */
  problem: z.string().optional(),
  result: z.string().optional(),
});

export type AuditBegin = Readonly<z.output<typeof beginSchema>>;
export type AuditEnd = Readonly<z.output<typeof endSchema>>;

/** What somebody did. Without an outcome it goes on, or whoever did it ended before they could say. */
export type AuditEntry = AuditBegin & Partial<AuditEnd> & { readonly id: string };

/** Who acts, as the audit names them. */
export type Actor = Readonly<Pick<AuditBegin, 'kind' | 'accessKeyId'> & { readonly name: string }>;

/** Where entries are listed: a partition of the index `recent`, by their time. */
export const AUDIT_PARTITION = 'audit';

export const AUDIT_KEPT_DAYS = 400;

const ID = /^[0-9a-f]{28}$/;

/** Sorts by time: twelve hexadecimal digits of it, then random ones. */
export function newAuditId({ now, randomBytes }: Pick<Clock, 'now' | 'randomBytes'>): string {
  const at = now().toString(16).padStart(12, '0');
  return `${at}${Buffer.from(randomBytes()).toString('hex').slice(0, 16)}`;
}

/** The time that an id begins with; undefined for a text that is no id. */
export function timeOf(id: string): number | undefined {
  return ID.test(id) ? Number.parseInt(id.slice(0, 12), 16) : undefined;
}

export const beginKey = (id: string) => `audit#${id}`;
export const endKey = (id: string) => `audit#${id}#end`;

type Stored = Record<string, AttributeValue>;

export function storedBegin(id: string, begin: AuditBegin): Stored {
  const listed = { recentShard: AUDIT_PARTITION, recentAt: begin.at };
  return stored(beginKey(id), begin.at, { ...begin, ...listed });
}

export function storedEnd(id: string, end: AuditEnd): Stored {
  return stored(endKey(id), end.endedAt, end);
}

function stored(key: string, at: number, fields: object): Stored {
  const item = {
    ...fields,
    v: 1,
    [TASK_TABLE.partitionKey]: key,
    [TASK_TABLE.timeToLive]: epochSeconds(at + AUDIT_KEPT_DAYS * 86_400_000),
  };
  return marshall(item, { removeUndefinedValues: true });
}

/** Undefined for an entry of another form, as of a later version. */
export function entryFrom(
  id: string,
  begin: Stored,
  end: Stored | undefined,
): AuditEntry | undefined {
  const begun = beginSchema.safeParse(unmarshall(begin)).data;
  if (!begun) return undefined;
  return { id, ...begun, ...(end && endSchema.safeParse(unmarshall(end)).data) };
}
