import type { AnyTask } from '../../contract/index.ts';
import type { WantedLimits } from '../../table/index.ts';

/** The task with the limits that somebody wants. A soft limit that the hard one has overtaken is none. Pure. */
export function limitedTask(task: AnyTask, limits: WantedLimits | undefined): AnyTask {
  if (!limits) return task;
  const timeLimitMs = limits.timeLimitMs ?? task.timeLimitMs;
  const soft = limits.softTimeLimitMs ?? task.softTimeLimitMs;
  const softTimeLimitMs = soft !== undefined && soft < timeLimitMs ? soft : undefined;
  const rateLimitMs = limits.rateLimitMs ?? task.rateLimitMs;
  return { ...task, timeLimitMs, softTimeLimitMs, rateLimitMs };
}
