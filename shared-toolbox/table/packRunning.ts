import type { TaskId } from '../contract/index.ts';

/** A task that a process runs. */
export interface RunningTask {
  readonly id: TaskId;
  /** Task name. */
  readonly task: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** `<worker>_` of ids and `<worker>.` of names say nothing new in an item of that worker; numbers are shorter in base 36. */
const RADIX = 36;

/**
 * Tasks as one short text, in their order, as many as fit in so many characters: DynamoDB bills each started kilobyte of an item. All
 * are of one worker.
 */
export function packRunning(tasks: readonly RunningTask[], mostCharacters: number): string {
  let packed = '';
  for (const { id, task, startedAt } of tasks) {
    const parts = [
      afterLast(id, '_'),
      task.slice(task.indexOf('.') + 1),
      startedAt.toString(RADIX),
    ];
    const next = packed === '' ? parts.join(' ') : `${packed},${parts.join(' ')}`;
    if (next.length > mostCharacters) break;
    packed = next;
  }
  return packed;
}

/** What `packRunning` has packed. What is of another form is left out. */
export function unpackRunning(worker: string, packed: string): RunningTask[] {
  return packed.split(',').flatMap((text) => {
    const [digits, action, since] = text.split(' ');
    if (digits === undefined || action === undefined || since === undefined) return [];
    const startedAt = Number.parseInt(since, RADIX);
    return [{ id: `${worker}_${digits}` as const, task: `${worker}.${action}`, startedAt }];
  });
}

function afterLast(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1);
}
