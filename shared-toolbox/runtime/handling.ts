import type { Clients } from '../aws/index.ts';
import { type BreakerOptions, type BreakerState, guardTable } from '../breaker/index.ts';
import type { Clock } from '../clock.ts';
import type { WorkerImplementation } from '../contract/index.ts';
import { HookCaller, type Hooks } from '../hooks/index.ts';
import type { Log } from '../log/index.ts';
import { createScheduler } from '../schedule/index.ts';
import { Statistics } from '../statistics/index.ts';
import { readControl } from '../table/index.ts';
import { ControlWatch } from './controlWatch.ts';
import type { HandleOptions } from './handleMessage.ts';
import type { HandlerPool } from './pool/handlerPool.ts';
import { inlinePool } from './pool/inlinePool.ts';
import { ProcessTurns } from './processTurns.ts';
import { Tally } from './tally.ts';
import { LogKeeper } from './taskLog/logKeeper.ts';

export interface HandlingOptions {
  readonly implementation: WorkerImplementation;
  readonly clients: Clients;
  readonly resources: WorkerResources;
  readonly clock: Clock;
  readonly log: Log;
  /** What runs the handlers. Default: this event loop. */
  readonly pool?: HandlerPool;
  /** Who is told of what is scheduled and run here. Default: nobody. */
  readonly hooks?: readonly Hooks[] | undefined;
  /** When the table and the topic count as unavailable. Default: BREAKER_DEFAULTS for both. */
  readonly breaker?: Partial<BreakerOptions> | undefined;
}

/** What the stack made for this worker. */
export interface WorkerResources {
  readonly topicArn: string;
  readonly tableName: string;
  readonly bucketName: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Of a worker with priorities. */
  readonly highQueueUrl?: string | undefined;
  readonly lowQueueUrl?: string | undefined;
}

/** What handling a worker's messages takes for as long as its process lives, wherever they come from. */
export interface Handling extends Omit<
  HandleOptions,
  'holder' | 'stopping' | 'draining' | 'waitsForTable' | 'limited'
> {
  /** Of the table, without which nothing can be claimed. */
  readonly breaker: BreakerState;
  /** Ends its timers. */
  readonly close: () => void;
}

export function createHandling(options: HandlingOptions): Handling {
  const { implementation, clients, resources, clock, log, pool = inlinePool() } = options;
  const { name, leaseSeconds } = implementation.worker;
  const unguarded = { dynamodb: clients.dynamodb, tableName: resources.tableName };
  const { table, breaker } = guardTable({
    table: unguarded,
    // Under the keys that the worker may read, and no task's.
    probeKey: `result#${name}_probe`,
    options: options.breaker,
    clock,
    log,
  });
  const bucket = { s3: clients.s3, bucketName: resources.bucketName };
  const { topicArn } = resources;
  const shared = { table, bucket, clock, log };
  const scheduler = createScheduler({
    ...shared,
    sns: clients.sns,
    topicArn,
    breaker: options.breaker,
    hooks: options.hooks,
  });
  const control = new ControlWatch({
    read: async (how) => readControl(table, name, how),
    everyMs: (leaseSeconds * 1_000) / 3,
  });
  const close = () => {
    control.stop();
    breaker.close();
    scheduler.close();
  };
  const tally = new Tally();
  const turns = new ProcessTurns(clock);
  const hooks = new HookCaller(options);
  const statistics = new Statistics({ table: unguarded, writer: name, clock, log });
  const logs = new LogKeeper({ table: unguarded, worker: implementation.worker, clock, log });
  const counting = { tally, turns, statistics, logs };
  return {
    ...shared,
    ...counting,
    implementation,
    pool,
    scheduler,
    control,
    hooks,
    breaker,
    close,
  };
}

/** The line that every process of a worker begins with. */
export function logStarted({ implementation, log }: Handling): void {
  const { name, tasks, concurrency, pool } = implementation.worker;
  const taskNames = tasks.map((task) => String(task.name));
  log.event('worker.started', { worker: name, tasks: taskNames, concurrency, pool: pool.kind });
}
