import type { Compute } from './compute.ts';
import type { AnyTask } from './task.ts';

/** Lambda ends an invocation after 15 minutes (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const LONGEST_INVOCATION_SECONDS = 900;

/**
 * What an invocation needs beside its longest task. Before it: the input and the claim. After it: a handler that has overrun
 * has five seconds to end, and the record may take five more.
 */
const MARGIN_SECONDS = 30;

/** What a worker's time on the queue and on Lambda follows from. */
export interface Timed {
  readonly tasks: readonly Pick<AnyTask, 'timeLimitMs'>[];
  readonly compute: Compute;
  readonly leaseSeconds: number;
}

/** The timeout of the function that runs these tasks on Lambda: enough for the longest of them. */
export function functionTimeoutSeconds({ tasks }: Pick<Timed, 'tasks'>): number {
  const longestMs = Math.max(...tasks.map(({ timeLimitMs }) => timeLimitMs));
  return Math.ceil(longestMs / 1_000) + MARGIN_SECONDS;
}

/**
 * The visibility timeout of a worker's queue. On Fargate its lease, which heartbeats extend. On Lambda six times the function's
 * timeout, as AWS says, because a batch may wait for its invocation that long
 * (docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html); an invocation that has begun makes it shorter.
 */
export function visibilitySeconds(worker: Timed): number {
  if (worker.compute.kind === 'fargate') return worker.leaseSeconds;
  return 6 * functionTimeoutSeconds(worker);
}

/** Tasks that have no time on Lambda. */
export function functionTimeProblems({
  tasks,
  compute,
}: {
  readonly tasks: readonly Pick<AnyTask, 'name' | 'timeLimitMs'>[];
  readonly compute: Compute;
}): string[] {
  if (compute.kind === 'fargate') return [];
  const longestMs = (LONGEST_INVOCATION_SECONDS - MARGIN_SECONDS) * 1_000;
  return tasks
    .filter(({ timeLimitMs }) => timeLimitMs > longestMs)
    .map(
      ({ name, timeLimitMs }) =>
        `compute: expected a timeLimit of at most ${longestMs} ms for "${name}", because Lambda ends a function after ` +
        `15 minutes, got ${timeLimitMs} ms; shorten it, or choose fargate()`,
    );
}
