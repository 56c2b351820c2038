import { isTaskId, type TaskId } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/**
 * `waiting`: in the dead-letter queue. `redriving`: somebody wants it back in its service's queue, and the watcher will put it
 * there. `redriven`, `purged`: it has left, or is about to.
 */
export const LETTER_STATES = ['waiting', 'redriving', 'redriven', 'purged'] as const;

export type LetterState = (typeof LETTER_STATES)[number];

const taskId = z.custom<TaskId>((id) => typeof id === 'string' && isTaskId(id));
const instant = z.int().nonnegative();

const entrySchema = z.object({
  v: z.literal(1),
  id: taskId,
  service: z.string(),
  state: z.enum(LETTER_STATES),
  /** The queue's id of the copy that this entry speaks of. */
  messageId: z.string(),
  groupId: z.string(),
  place: z.string(),
  reason: z.string(),
  /** Milliseconds since 1970 when it came to the dead letters. */
  diedAt: instant,
  /** When it was redriven or purged. */
  leftAt: instant.optional(),
  taskId: taskId.optional(),
  task: z.string().optional(),
  /** Attempts of the task when it died. */
  attempt: z.int().nonnegative(),
  /** The beginning of a message that this version cannot read. Nobody knows what in it is secret. */
  body: z.string().optional(),
  /** With it the message can be deleted or made visible while the watcher hides it. */
  receipt: z.string().optional(),
});

/** What the table keeps of a letter. The message itself stays in its queue: the table holds no secrets. */
export type LetterEntry = z.output<typeof entrySchema>;

/** Throws ZodError for an entry of another form: the platform alone writes them. */
export function parseEntry(value: unknown): LetterEntry {
  return entrySchema.parse(value);
}

const PREFIX = 'dead';

export const ENTRY_PREFIX = `${PREFIX}#`;

export function entryKey(id: TaskId): string {
  return `${ENTRY_PREFIX}${id}`;
}

/** Whether the entry's letter is the message of the very task whose record says dead. */
export function ownTask({
  id,
  taskId: task,
}: Pick<LetterEntry, 'id' | 'taskId'>): TaskId | undefined {
  return task === id ? task : undefined;
}
