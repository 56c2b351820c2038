import { z } from 'zod';
import type { Handler } from './implement.ts';
import { defineTask, type Task } from './task.ts';

const input = z.strictObject({});

/** Who answered. */
const output = z.object({
  worker: z.string(),
  /** Names of the tasks that it handles: a worker of another version than the contracts shows here. */
  tasks: z.array(z.string()),
  /** Version of Node, such as `24.11.0`. */
  node: z.string(),
});

/** The task that every worker handles without being told how: an answer shows that all of a task's way works. */
export type PingTask = Task<`${string}.ping`, typeof input, typeof output>;

/** The action that no task of a worker's own may have. */
export const PING = 'ping';

/**
 * The ping of the worker of that name. No longer and no more often tried than any task may be, so that nothing that follows from
 * a worker's tasks (the queue's receives, a function's timeout) changes with it.
 */
export function pingTask(worker: string): PingTask {
  return defineTask(`${worker}.${PING}`, {
    input,
    output,
    retry: { maxAttempts: 1, maxSnoozes: 0 },
    timeLimit: '1s',
    retention: '1h',
  });
}

export function pingHandler(worker: string, tasks: readonly string[]): Handler<PingTask> {
  return () => ({ worker, tasks: [...tasks], node: process.versions.node });
}
