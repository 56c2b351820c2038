import type { AnyTask, Worker } from '@taskfleet/toolbox/contract';

/** A worker as its samples are run: one attempt shows whether a handler works, and a rate limit would only have it waited for. */
export function rehearsedWorker(worker: Worker): Worker {
  return { ...worker, rateLimitMs: undefined, tasks: worker.tasks.map(rehearsedTask) };
}

function rehearsedTask(task: AnyTask): AnyTask {
  return {
    ...task,
    rateLimitMs: undefined,
    rateLimitPerProcessMs: undefined,
    retry: { ...task.retry, maxAttempts: 1 },
  };
}
