import leven from 'leven';
import { DefinitionError, UnknownTaskError } from '../errors.ts';
import { FLOW_WORKER } from './flowPath.ts';
import type { AnyTask } from './task.ts';
import { handledTasks, type Worker } from './worker.ts';

/** All workers of a stage: the one source of truth that infra, platform and local mode read. */
export interface Fleet {
  readonly workers: readonly Worker[];
  /** All that can be scheduled: every worker's tasks, and its ping. */
  readonly tasks: ReadonlyMap<string, AnyTask>;
}

/**
 * How long a message stays with the tracker without a sign of life: the visibility timeout of the platform's queue. The copies
 * that a killed tracker held are seen again after this time.
 */
export const PLATFORM_LEASE_SECONDS = 30;

/** SNS FIFO topics take 100 subscriptions (docs.aws.amazon.com/general/latest/gr/sns.html); the platform has one. */
const MAX_WORKERS = 99;

/**
 * The platform has a queue of that name; large values have the next as their prefix in the bucket, where a worker's files have its
 * name; ids of flows begin with the last.
 */
const RESERVED = ['platform', 'offload', FLOW_WORKER];

/** Throws DefinitionError when two workers share a name or there are more than a topic can feed. */
export function defineFleet(workers: readonly Worker[]): Fleet {
  const names = workers.map(({ name }) => name);
  const problems = names
    .filter((name, i) => names.indexOf(name) !== i)
    .map((name) => `worker "${name}" is declared twice`);
  if (workers.length > MAX_WORKERS) {
    problems.push(`expected at most ${MAX_WORKERS} workers, got ${workers.length}`);
  }
  for (const name of RESERVED.filter((reserved) => names.includes(reserved))) {
    problems.push(`the worker name "${name}" is reserved`);
  }
  if (problems.length > 0) throw new DefinitionError('fleet', problems);
  return Object.freeze({
    workers,
    tasks: new Map(workers.flatMap(handledTasks).map((task) => [task.name, task])),
  });
}

/** The task of that name. Throws UnknownTaskError with the nearest name that exists. */
export function findTask(fleet: Fleet, name: string): AnyTask {
  const task = fleet.tasks.get(name);
  if (task) return task;
  const own = fleet.workers.flatMap(({ tasks }) => tasks.map((known) => String(known.name)));
  throw new UnknownTaskError(name, nearestName(name, [...fleet.tasks.keys()]), own);
}

/** The name with the fewest edits to the one given, or undefined when even that one is no likely slip of the hand. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((candidate) => ({ candidate, edits: leven(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(2, candidate.length / 3))
    .toSorted((a, b) => a.edits - b.edits);
  return nearest?.candidate;
}
