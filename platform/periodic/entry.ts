import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  type Duration,
  findTask,
  type Fleet,
  isTaskId,
  MISSED_POLICIES,
  type PeriodicTask,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import { TASK_TABLE } from '@taskfleet/toolbox/table';
import { z } from 'zod';

export type Stored = Record<string, AttributeValue>;

const duration = z.custom<Duration>((value) => typeof value === 'string');

/** A periodic task without its contract, which is the fleet's. It may hold secrets, as messages do. */
const ruleSchema = z.object({
  task: z.string(),
  input: z.json(),
  timing: z.union([
    z.object({ cron: z.string(), timeZone: z.string() }),
    z.object({ every: duration }),
  ]),
  missed: z.enum(MISSED_POLICIES),
  creator: z.string().optional(),
  subject: z.string().optional(),
  expires: duration.optional(),
});

const firingSchema = z.object({
  at: z.int().nonnegative(),
  id: z.custom<TaskId>((id) => typeof id === 'string' && isTaskId(id)),
});

const entrySchema = z.object({
  v: z.literal(1),
  name: z.string(),
  /** Whether it follows the code, or was added at run time. */
  origin: z.enum(['declared', 'added']),
  /** Of a write; every other has another. */
  version: z.string(),
  /** When it fires next; of a paused one when it would have. */
  dueAt: z.int().nonnegative(),
  paused: z.object({ by: z.string(), at: z.int().nonnegative() }).optional(),
  /** The last firing, and its task. */
  last: firingSchema.optional(),
  /** The last firing that made no task, because this one with its unique key had not ended; until one makes a task. */
  skipped: firingSchema.optional(),
  /** Why the last firing made no task. */
  problem: z.string().optional(),
});

export type Rule = Readonly<z.output<typeof ruleSchema>>;

/** A periodic task as the table has it. */
export type PeriodicEntry = Readonly<Omit<z.output<typeof entrySchema>, 'v'>> & {
  readonly rule: Rule;
};

/** Shards of the due index: those that fire, and those that do not. Together they are all. */
export const FIRING_SHARD = 'periodic';
export const PAUSED_SHARD = 'paused';

export function entryKey(name: string): Stored {
  return marshall({ [TASK_TABLE.partitionKey]: `schedule#${name}` });
}

/** The rule is kept as JSON text: exact, and one attribute whatever its input. */
export function storedEntry({ rule, ...entry }: PeriodicEntry): Stored {
  const dueShard = entry.paused ? PAUSED_SHARD : FIRING_SHARD;
  const item = { ...entry, v: 1, dueShard, rule: JSON.stringify(rule) };
  return { ...entryKey(entry.name), ...marshall(item, { removeUndefinedValues: true }) };
}

/** Throws for an item of another form. */
export function entryFrom(stored: Stored): PeriodicEntry {
  const { rule, ...rest } = unmarshall(stored);
  const { v: _version, ...entry } = entrySchema.parse(rest);
  return { ...entry, rule: ruleSchema.parse(JSON.parse(z.string().parse(rule))) };
}

export function ruleOf({ name: _name, task, ...rule }: PeriodicTask): Rule {
  return { ...rule, task: task.name };
}

/** The periodic task of an entry. Throws UnknownTaskError when the fleet does not have its task any more. */
export function periodicOf(fleet: Fleet, { name, rule }: PeriodicEntry): PeriodicTask {
  const { task, input, creator, subject, expires, ...rest } = rule;
  return {
    ...rest,
    name,
    task: findTask(fleet, task),
    input,
    ...(creator !== undefined && { creator }),
    ...(subject !== undefined && { subject }),
    ...(expires !== undefined && { expires }),
  };
}
