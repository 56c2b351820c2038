import type { Compute } from './compute.ts';
import type { AnyTask } from './task.ts';

/** The fewest concurrent invocations that an event source mapping can be held to. */
const FEWEST = 2;

interface Grouped {
  readonly tasks: readonly Pick<AnyTask, 'group'>[];
  readonly compute: Compute;
}

/**
 * A group function that does not look at its input puts all of a task into one group, which runs one at a time. When all tasks of a
 * worker are so, nothing uses a concurrency above their number, and whoever asked for it expects what cannot be.
 */
export function serialGroupProblems({ tasks, compute }: Grouped): string[] {
  if (compute.kind === 'fargate' || tasks.length === 0) return [];
  if (!tasks.every(({ group }) => group !== undefined && group.length === 0)) return [];
  const most = Math.max(FEWEST, tasks.length);
  if (compute.maxConcurrency <= most) return [];
  return [
    `compute.maxConcurrency: expected at most ${most}, because every task has one group, whatever its input, and runs one at a ` +
      `time, got ${compute.maxConcurrency}; lower it, or make the group from the input`,
  ];
}
