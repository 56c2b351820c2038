import { DefinitionError, UnknownTaskError } from '../errors.ts';
import { duplicates } from './duplicates.ts';
import { FLOW_WORKER } from './flowPath.ts';
import { nearestName } from './nearestName.ts';
import type { PeriodicTask } from './periodic.ts';
import type { AnyTask } from './task.ts';
import { handledTasks, type Worker } from './worker.ts';
import { queuesOf } from './workerQueues.ts';

/** All workers of a stage: the one source of truth that infra, platform and local mode read. */
export interface Fleet {
  readonly workers: readonly Worker[];
  /** All that can be scheduled: every worker's tasks, and its ping. */
  readonly tasks: ReadonlyMap<string, AnyTask>;
  /** Those that are declared, by name. */
  readonly periodic: ReadonlyMap<string, PeriodicTask>;
}

export interface FleetOptions {
  /** Tasks that are scheduled again and again, by the platform. Default: none. */
  readonly periodic?: readonly PeriodicTask[];
}

/**
 * How long a message stays with the tracker without a sign of life: the visibility timeout of the platform's queue. The copies
 * that a killed tracker held are seen again after this time.
 */
export const PLATFORM_LEASE_SECONDS = 30;

/** SNS FIFO topics take 100 subscriptions (docs.aws.amazon.com/general/latest/gr/sns.html); the platform has one. */
const MAX_QUEUES = 99;

/**
 * The platform has a queue of that name; large values have the next as their prefix in the bucket, where a worker's files have its
 * name; ids of flows begin with the last.
 */
const RESERVED = ['platform', 'offload', FLOW_WORKER];

/** Throws DefinitionError when two workers or periodic tasks share a name, or workers have more queues than a topic can feed. */
export function defineFleet(
  workers: readonly Worker[],
  { periodic = [] }: FleetOptions = {},
): Fleet {
  const names = workers.map(({ name }) => name);
  const tasks = new Map(workers.flatMap(handledTasks).map((task) => [task.name, task]));
  const problems = [
    ...duplicates(names).map((name) => `worker "${name}" is declared twice`),
    ...mistakableNames(names),
    ...periodicProblems(periodic, tasks),
  ];
  const queues = workers.flatMap(queuesOf);
  if (queues.length > MAX_QUEUES) {
    problems.push(`expected at most ${MAX_QUEUES} queues of workers, got ${queues.length}`);
  }
  for (const name of RESERVED.filter((reserved) => names.includes(reserved))) {
    problems.push(`the worker name "${name}" is reserved`);
  }
  if (problems.length > 0) throw new DefinitionError('fleet', problems);
  return Object.freeze({
    workers,
    tasks,
    periodic: new Map(periodic.map((one) => [one.name, one])),
  });
}

/** The stack's outputs are named after workers, in letters and digits: two of these would have the same. */
function mistakableNames(names: readonly string[]): string[] {
  const alike = Map.groupBy(new Set(names), (name) => name.replaceAll('-', ''));
  return [
    ...[...alike.values()]
      .filter(({ length }) => length > 1)
      .map(
        (some) => `workers ${some.join(' and ')}: expected names that differ in more than hyphens`,
      ),
    ...names
      .filter((name) => name.endsWith('-dead-letter'))
      .map((name) => `worker "${name}": expected a name that does not end in -dead-letter`),
  ];
}

function periodicProblems(
  periodic: readonly PeriodicTask[],
  tasks: ReadonlyMap<string, AnyTask>,
): string[] {
  const names = periodic.map(({ name }) => name);
  return [
    ...duplicates(names).map((name) => `periodic task "${name}" is declared twice`),
    ...periodic
      .filter(({ task }) => tasks.get(task.name) !== task)
      .map(({ name, task }) => `periodic task "${name}": no worker of the fleet has ${task.name}`),
  ];
}

/** The task of that name. Throws UnknownTaskError with the nearest name that exists. */
export function findTask(fleet: Fleet, name: string): AnyTask {
  const task = fleet.tasks.get(name);
  if (task) return task;
  const own = fleet.workers.flatMap(({ tasks }) => tasks.map((known) => String(known.name)));
  throw new UnknownTaskError(name, nearestName(name, [...fleet.tasks.keys()]), own);
}
