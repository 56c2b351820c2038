import type { z } from 'zod';
import { LONGEST_RETENTION_MS, type Task } from './task.ts';
import { type TaskId, workerOfId } from './taskId.ts';
import type { Worker } from './worker.ts';

/** Days that a queue keeps a message at most (docs.aws.amazon.com, SQS message retention period). */
export const QUEUE_RETENTION_DAYS = 14;

/**
 * Bytes of a message, and of an output's JSON, above which the value goes to the bucket. SNS takes 256 KiB for a whole batch
 * of ten, so that larger ones would travel nearly alone.
 */
export const OFFLOAD_ABOVE_BYTES = 65_536;

/** Largest input or output, as JSON: it is held in memory, several times over, by everybody who touches it. */
export const LARGEST_VALUE_BYTES = 50 * 1_048_576;

/** The parts of a task that can be large. */
export type OffloadPart = 'input' | 'output';

const DAY_MS = 86_400_000;

/**
 * Whole days that a task's objects have to live: while its message can be in a queue, then for the task's retention, and a day
 * for an end that came late. A record goes no later.
 */
export function offloadDays({ retentionMs }: Pick<Task, 'retentionMs'>): number {
  return QUEUE_RETENTION_DAYS + Math.ceil(retentionMs / DAY_MS) + 1;
}

/** Days that inputs of deferred tasks live, from which the first that is enough is taken: else each horizon needed a rule of its own. */
export const WAITING_DAYS: readonly number[] = [60, 400];

/** Days that the input of a task has to live that waits so long before it is published. */
function inputDays(task: Pick<Task, 'retentionMs'>, waitsMs: number): number {
  const days = offloadDays(task);
  if (waitsMs <= 0) return days;
  const needed = days + Math.ceil(waitsMs / DAY_MS);
  return WAITING_DAYS.find((enough) => enough >= needed) ?? needed;
}

/** Days after which no object has a record: the longest wait, and the longest retention after it. */
const LONGEST_OFFLOAD_DAYS = offloadDays({ retentionMs: 2 * LONGEST_RETENTION_MS });

/** Where objects live for so many days: the prefix that a lifecycle rule of the bucket names. */
export function offloadPrefix(days: number): string {
  return `${OFFLOAD_ROOT}${days}d/`;
}

/** How long the objects under a prefix live: what a lifecycle rule of the bucket says. */
export interface OffloadLifetime {
  readonly prefix: string;
  readonly days: number;
}

/**
 * Lifetimes of the large values of these workers' tasks, the shortest first; a ping's are never large. The last is for what was
 * stored for a retention that no task has any more, since it was changed: where several rules fit, S3 takes the earliest end, so that
 * this one shortens nothing.
 */
export function offloadLifetimes(workers: readonly Pick<Worker, 'tasks'>[]): OffloadLifetime[] {
  const taskDays = workers.flatMap(({ tasks }) => tasks.map(offloadDays));
  const lifetimes = [...new Set([...taskDays, ...WAITING_DAYS])]
    .toSorted((a, b) => a - b)
    .map((days) => ({ prefix: offloadPrefix(days), days }));
  return [...lifetimes, { prefix: OFFLOAD_ROOT, days: LONGEST_OFFLOAD_DAYS }];
}

/** What every offloaded object's key begins with. */
export const OFFLOAD_ROOT = 'offload/';

/** Where the input of a task is that waits so long, in milliseconds, before it is published. */
export function inputKey(task: Pick<Task, 'retentionMs'>, id: TaskId, waitsMs = 0): string {
  return `${offloadPrefix(inputDays(task, waitsMs))}${folderOf(id)}input.json`;
}

/**
 * Where an attempt's output is. The bucket knows no fencing token, so the key has it: a former holder that wakes up late writes
 * beside what its successor stored, where no record leads to.
 */
export function outputKey(task: Pick<Task, 'retentionMs'>, id: TaskId, token: number): string {
  return `${offloadPrefix(offloadDays(task))}${folderOf(id)}output-${token}.json`;
}

function folderOf(id: TaskId): string {
  return `${workerOfId(id)}/${id}/`;
}

const DAYS = /^offload\/\d{1,4}d\//;

const FILES = { input: /^input\.json$/, output: /^output-\d{1,15}\.json$/ } as const;

/** Whoever may publish must not be able to name another task's object, so only a task's own keys are taken. */
function isOwnKey(key: string, id: TaskId, part: OffloadPart): boolean {
  const rest = key.replace(DAYS, '');
  const folder = folderOf(id);
  return rest !== key && rest.startsWith(folder) && FILES[part].test(rest.slice(folder.length));
}

interface Holder {
  readonly id: TaskId;
  readonly input?: unknown;
  readonly inputAt?: string | undefined;
  readonly inputBytes?: number | undefined;
  readonly output?: unknown;
  readonly outputAt?: string | undefined;
  readonly outputBytes?: number | undefined;
}

type Check = (holder: Holder, context: z.RefinementCtx) => void;

/** Refinement of a schema: either the input itself, or where it is and how many bytes it has. */
export const holdsInput: Check = (holder, context) => {
  const { input, inputAt } = holder;
  if (input === undefined && inputAt === undefined) {
    refuse(context, 'input', 'expected it, or where it is stored (inputAt)');
  }
  checkPlace(holder, 'input', context);
};

/** Refinement of a schema: no output yet, or itself, or where it is and how many bytes it has. */
export const mayHoldOutput: Check = (holder, context) => checkPlace(holder, 'output', context);

function checkPlace(holder: Holder, part: OffloadPart, context: z.RefinementCtx): void {
  const { [`${part}At` as const]: at, [`${part}Bytes` as const]: bytes } = holder;
  if (at !== undefined && holder[part] !== undefined) {
    refuse(context, `${part}At`, `expected none beside ${part}`);
  }
  if ((at === undefined) !== (bytes === undefined)) {
    refuse(context, `${part}Bytes`, `expected together with ${part}At, or not at all`);
  }
  if (at !== undefined && !isOwnKey(at, holder.id, part)) {
    refuse(context, `${part}At`, "expected the task's own storage key");
  }
}

function refuse(context: z.RefinementCtx, field: string, message: string): void {
  context.addIssue({ code: 'custom', path: [field], message });
}
