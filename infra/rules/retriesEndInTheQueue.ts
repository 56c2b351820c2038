import type { AnyTask } from '@taskfleet/toolbox/contract';
import { retryDelayMs } from '@taskfleet/toolbox/contract';
import { retentionSeconds } from './deadLettersOutliveTheirQueue.ts';
import type { Rule } from './rule.ts';
import { queuesOf } from './serviceQueues.ts';

/** SQS drops a message when its time is over, without a dead letter, also between two attempts. Snoozes are the handler's own matter. */
export const retriesEndInTheQueue: Rule = (synthesized) =>
  synthesized.fleet.workers.flatMap((worker) =>
    queuesOf(synthesized, worker).flatMap((queue) =>
      worker.tasks
        .map((task) => ({ task, seconds: longestSeconds(task) }))
        .filter(({ seconds }) => seconds >= retentionSeconds(queue))
        .map(
          ({ task, seconds }) =>
            `${task.name}: expected all attempts to end within the ${retentionSeconds(queue)} seconds that ${queue.id} keeps a message, ` +
            `got up to ${seconds}; lower its maxAttempts, timeLimit or backoff, or raise MessageRetentionPeriod`,
        ),
    ),
  );

function longestSeconds({ retry, timeLimitMs }: AnyTask): number {
  const policy = { ...retry, jitter: false };
  const delays = Array.from({ length: retry.maxAttempts - 1 }, (_, i) =>
    retryDelayMs(policy, i + 1, 0),
  );
  const waitingMs = delays.reduce((sum, delay) => sum + delay, 0);
  return Math.ceil((retry.maxAttempts * timeLimitMs + waitingMs) / 1_000);
}
