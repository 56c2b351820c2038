import { DefinitionError } from '../errors.ts';
import { type Compute, computeProblems, fargate } from './compute.ts';
import { duplicates } from './duplicates.ts';
import type { Duration } from './duration.ts';
import { functionTimeProblems } from './functionTime.ts';
import { PING, type PingTask, pingTask } from './ping.ts';
import { processRateProblems } from './processRate.ts';
import { parseRateLimit, type RateLimit, rateLimitProblems } from './rateLimit.ts';
import { serialGroupProblems } from './serialGroups.ts';
import { inline, type Pool, poolProblems, usualConcurrency } from './pool.ts';
import type { AnyTask, Task } from './task.ts';
import { type Permission, permissionProblems } from './permission.ts';
import { Durations } from './toMilliseconds.ts';
import { workerPriorityProblems } from './workerQueues.ts';
import { declareVariables, type WorkerSettings, workerSettingProblems } from './workerSettings.ts';

export interface WorkerOptions<
  Tasks extends readonly AnyTask[],
  Settings extends WorkerSettings = WorkerSettings,
> {
  /** Its tasks, whose names begin with the worker's and a dot. At least one. */
  readonly tasks: Tasks;
  /**
   * Tasks that one process, or one invocation on Lambda, runs at the same time. Whole number from 1 to 1,000. Default 10; with
   * `threads()`, of which each task has its own, one for each vCPU.
   */
  readonly concurrency?: number;
  /**
   * Fewest and most tasks at the same time, instead of `concurrency`: more while messages wait and the process has headroom, fewer
   * while it has not, or little to do. Each from 1 to 1,000. Not on Lambda, which itself adds environments.
   */
  readonly autoscale?: readonly [min: number, max: number];
  /** What the handlers run in: `inline()` for what waits, `threads(…)` for what computes. Default `inline()`. */
  readonly pool?: Pool;
  /**
   * How long a message stays with its holder without a sign of life: the queue's visibility timeout. A killed worker's
   * tasks run again after at most this time. Heartbeats extend it at every third. From 6s to 10m. Default `'12s'`.
   * On Lambda, where an invocation's end is the lease's, only the pace at which cancel requests are looked for.
   */
  readonly lease?: Duration;
  /** Attempts of all its tasks together that begin in a time, in the whole fleet. Default: no limit. */
  readonly rateLimit?: RateLimit;
  /**
   * Whether its tasks may have priorities: it then has a queue for each, which an idle process polls too. From 6 on for `maxConcurrency`
   * on Lambda. Default false.
   */
  readonly priorities?: boolean;
  /** Whether the last lines that its handlers say with `ctx.log` are kept, where a task itself says nothing of `log`. Default true. */
  readonly log?: boolean;
  /** Where it runs: `fargate(…)` or `lambda(…)`. Default `fargate()`. */
  readonly compute?: Compute;
  /** What its program is told by its environment, beside what every worker is: `runWorker` gives it the values. Default: nothing. */
  readonly settings?: Settings;
  /** What its handlers may do in AWS beside what every worker may. Default: nothing. */
  readonly permissions?: readonly Permission[];
}

/** A worker service as declared: its queues, one process image, the tasks it handles, where it runs. */
export interface Worker<
  Name extends string = string,
  Tasks extends readonly AnyTask[] = readonly AnyTask[],
  Settings extends WorkerSettings = WorkerSettings,
> {
  readonly name: Name;
  readonly tasks: Tasks;
  /** Handled by every worker, beside its tasks. */
  readonly ping: PingTask;
  /** Tasks at the same time; with `autoscale`, the most. */
  readonly concurrency: number;
  readonly autoscale: readonly [min: number, max: number] | undefined;
  readonly leaseSeconds: number;
  readonly compute: Compute;
  /** Whether it has a queue for each priority, and not one for all: see `queuesOf`. */
  readonly priorities: boolean;
  /** Milliseconds between the starts of two attempts; undefined for no limit. */
  readonly rateLimitMs: number | undefined;
  readonly pool: Pool;
  /** Whether logs of its tasks are kept that do not say so themselves. */
  readonly log: boolean;
  /** Empty for none. */
  readonly settings: Settings;
  readonly permissions: readonly Permission[];
}

// oxlint-disable-next-line typescript/no-explicit-any -- see AnyTask
type TaskOfWorker<Name extends string> = Task<`${Name}.${string}`, any, any>;

const NAME = /^[a-z][a-z0-9-]{0,30}$/;

/** Declares a worker. Throws DefinitionError listing everything that cannot work. */
export function defineWorker<
  const Name extends string,
  const Tasks extends readonly TaskOfWorker<Name>[],
  // oxlint-disable-next-line typescript/no-empty-object-type -- no settings, and not any
  const Settings extends WorkerSettings = {},
>(name: Name, options: WorkerOptions<Tasks, Settings>): Worker<Name, Tasks, Settings> {
  const durations = new Durations();
  const { autoscale, compute = fargate(), pool = inline() } = options;
  const worker = {
    name,
    tasks: options.tasks,
    concurrency: options.concurrency ?? autoscale?.[1] ?? usualConcurrency(pool, compute),
    autoscale: autoscale && Object.freeze(autoscale),
    leaseSeconds: Math.ceil(durations.milliseconds('lease', options.lease ?? '12s') / 1_000),
    compute,
    pool,
    priorities: options.priorities === true,
    log: options.log !== false,
    rateLimitMs: options.rateLimit && parseRateLimit(options.rateLimit),
    settings: Object.freeze({ ...options.settings }) as Settings,
    permissions: frozenList(options.permissions),
  };
  const problems = [
    ...durations.problems,
    ...rateLimitProblems('rateLimit', options.rateLimit),
    ...workerProblems(worker),
    ...autoscaleProblems(options, worker),
  ];
  if (problems.length > 0) throw new DefinitionError(`worker "${name}"`, problems);
  declareVariables(worker.settings);
  return Object.freeze({ ...worker, ping: pingTask(name) });
}

function frozenList<T>(list: readonly T[] = []): readonly T[] {
  return Object.freeze([...list]);
}

/** All that a worker handles: its own tasks, and the ping that it has without declaring it. */
export function handledTasks({ tasks, ping }: Pick<Worker, 'tasks' | 'ping'>): AnyTask[] {
  return [...tasks, ping];
}

function workerProblems(worker: Omit<Worker, 'ping'>): string[] {
  const { name, tasks, concurrency, leaseSeconds, compute } = worker;
  const problems = [
    ...workerPriorityProblems(worker),
    ...computeProblems(compute),
    ...functionTimeProblems({ tasks, compute }),
    ...serialGroupProblems({ tasks, compute }),
    ...poolProblems(worker),
    ...processRateProblems(worker),
    ...workerSettingProblems(worker),
    ...permissionProblems(worker.permissions),
  ];
  if (!NAME.test(name)) {
    problems.push('name: expected lower-case letters, digits and hyphens, at most 31');
  }
  if (tasks.length === 0) problems.push('tasks: expected at least one');
  problems.push(
    ...taskNameProblems(
      name,
      tasks.map((task) => String(task.name)),
    ),
  );
  if (!isConcurrency(concurrency) && !worker.autoscale) {
    problems.push(`concurrency: ${CONCURRENCY_FORM}, got ${concurrency}`);
  }
  if (leaseSeconds < 6 || leaseSeconds > 600) {
    problems.push(`lease: expected 6s to 10m, got ${leaseSeconds} s`);
  }
  return problems;
}

function taskNameProblems(worker: string, names: readonly string[]): string[] {
  const isOwn = (name: string) => name.split('.')[0] === worker;
  const reserved = `${worker}.${PING}`;
  return [
    ...names
      .filter((name) => !isOwn(name))
      .map((name) => `tasks: expected names that begin with "${worker}.", got "${name}"`),
    ...names
      .filter((name) => name === reserved)
      .map(() => `tasks: the name "${reserved}" is reserved, because every worker has that task`),
    ...duplicates(names).map((name) => `tasks: "${name}" is declared twice`),
  ];
}

const CONCURRENCY_FORM = 'expected a whole number from 1 to 1000';

/** Whether a process can run so many tasks at the same time. */
export function isConcurrency(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 1_000;
}

function autoscaleProblems(
  { concurrency }: Pick<WorkerOptions<[]>, 'concurrency'>,
  { autoscale, compute }: Pick<Worker, 'autoscale' | 'compute'>,
): string[] {
  if (!autoscale) return [];
  const [min, max] = autoscale;
  const problems = autoscale
    .filter((value) => !isConcurrency(value))
    .map((value) => `autoscale: ${CONCURRENCY_FORM}, got ${value}`);
  if (min > max) problems.push(`autoscale: expected [min, max], got [${min}, ${max}]`);
  if (concurrency !== undefined) problems.push('autoscale: expected it instead of concurrency');
  if (compute.kind === 'lambda') {
    problems.push('autoscale: expected none with lambda(), which takes maxConcurrency');
  }
  return problems;
}

/** Messages of one group that a receive may return at once: when the first is tried again, the others go back unrun. */
const BATCH = 10;

/** SQS's limit. */
const MOST_RECEIVES = 1_000;

/** Receives that are no attempt of the handler: a killed worker, a lost lease, a stop before the start. */
const SPARE_RECEIVES = 10;

/**
 * Receives after which the queue dead-letters a message. Derived from the contracts, so that the queue never gives up
 * what the retry policy would still try: up to nine messages before one in its batch may each use all their attempts and
 * snoozes. These themselves are counted in the record.
 */
export function maxReceiveCount({
  tasks,
  rateLimitMs,
}: Pick<Worker, 'tasks'> & Partial<Pick<Worker, 'rateLimitMs'>>): number {
  const isLimited =
    rateLimitMs !== undefined || tasks.some((task) => task.rateLimitMs !== undefined);
  // An attempt that has to wait for its turn is received once more.
  const receives = isLimited ? 2 : 1;
  const rounds = Math.max(
    ...tasks.map(({ retry }) => receives * (retry.maxAttempts + retry.maxSnoozes)),
  );
  return Math.min(MOST_RECEIVES, BATCH * rounds + SPARE_RECEIVES);
}
