import { LONGEST_HOLD_MS } from './retryPolicy.ts';
import type { Worker } from './worker.ts';

/** What is wrong with the rate limits that each process of a worker keeps for itself. */
export function processRateProblems({
  tasks,
  concurrency,
  compute,
}: Pick<Worker, 'tasks' | 'concurrency' | 'compute'>): string[] {
  return tasks.flatMap(({ name, rateLimitPerProcessMs: everyMs, timeLimitMs, retry }) => {
    if (everyMs === undefined) return [];
    if (compute.kind === 'lambda') {
      return [
        `tasks: expected no rateLimitPerProcess of "${name}" with lambda(), whose processes come and go; take rateLimit, or fargate()`,
      ];
    }
    // A process may hold as many of it as it runs, and the last of them waits for all the others.
    const longestMs = (LONGEST_HOLD_MS - timeLimitMs - retry.maxMs) / concurrency;
    if (everyMs <= longestMs) return [];
    return [
      `tasks: expected a rateLimitPerProcess of "${name}" of an attempt in ${Math.floor(longestMs)} ms or more, because a process may ` +
        `hold ${concurrency} until their turn, and no message longer than 12h with timeLimit and retry.backoff.max, got one in ` +
        `${everyMs} ms; raise it, lower concurrency, or take rateLimit`,
    ];
  });
}
