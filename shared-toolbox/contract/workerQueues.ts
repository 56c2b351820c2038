import type { LambdaCompute } from './compute.ts';
import { PRIORITIES, PRIORITY_WEIGHTS, type Priority } from './priority.ts';
import type { Worker } from './worker.ts';

/** One of a worker's queues. */
export interface WorkerQueue {
  readonly priority: Priority;
  /** Of the queue within its stage: the worker's, for what is neither high nor low. */
  readonly name: string;
  /** Value of the message attribute that the queue's subscription filters on. */
  readonly routingKey: string;
}

/** The queues of a worker, the most urgent first: one, or one for each priority. They share their dead-letter queue. */
export function queuesOf({
  name,
  priorities,
}: Pick<Worker, 'name' | 'priorities'>): readonly WorkerQueue[] {
  return PRIORITIES.filter((priority) => priorities || priority === 'normal').map((priority) => ({
    priority,
    // An underscore and a dot, which no worker's name has.
    name: priority === 'normal' ? name : `${name}_${priority}`,
    routingKey: routingKey(name, priority),
  }));
}

/** What the topic is told of a message, to find its queue. */
export function routingKey(worker: string, priority: Priority = 'normal'): string {
  return priority === 'normal' ? worker : `${worker}.${priority}`;
}

/** The fewest concurrent invocations that an event source mapping can be held to. */
const FEWEST = 2;

/** A function's concurrent invocations, shared out among the queues of a worker with priorities: in all as many as its contract says. */
export function invocationShares({
  maxConcurrency,
}: Pick<LambdaCompute, 'maxConcurrency'>): Readonly<Record<Priority, number>> {
  const share = (priority: Priority) =>
    Math.max(FEWEST, Math.floor((maxConcurrency * PRIORITY_WEIGHTS[priority]) / 10));
  const [normal, low] = [share('normal'), share('low')];
  return { high: maxConcurrency - normal - low, normal, low };
}

/** What is wrong with the priorities of a worker. */
export function workerPriorityProblems({
  tasks,
  priorities,
  compute,
}: Pick<Worker, 'tasks' | 'priorities' | 'compute'>): string[] {
  const least = FEWEST * PRIORITIES.length;
  if (priorities && compute.kind === 'lambda' && compute.maxConcurrency < least) {
    return [
      `compute.maxConcurrency: expected at least ${least} with priorities, ${FEWEST} for each queue, got ${compute.maxConcurrency}`,
    ];
  }
  if (priorities) return [];
  return tasks
    .filter(({ priority }) => priority !== undefined)
    .map(
      ({ name }) =>
        `priorities: expected true, because "${name}" declares a priority, and no queue would take what is not normal`,
    );
}
