import type { Clients } from '../aws/index.ts';
import { type BreakerOptions, type BreakerState, guardTable } from '../breaker/index.ts';
import type { Clock } from '../clock.ts';
import {
  type Consumer,
  sqsQueue,
  startConsumer,
  startWatchdog,
  type Watchdog,
} from '../consume/index.ts';
import type { WorkerImplementation } from '../contract/index.ts';
import type { Log } from '../log/index.ts';
import { createScheduler, type Scheduler } from '../schedule/index.ts';
import { readCancels, type TaskTable } from '../table/index.ts';
import { CancelWatch } from './cancelWatch.ts';
import { WorkerStoppingError } from './errors.ts';
import { handleMessage } from './handleMessage.ts';

export interface StartWorkerOptions {
  readonly implementation: WorkerImplementation;
  readonly clients: Clients;
  readonly resources: WorkerResources;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this process in records, such as its host and process id. */
  readonly holder: string;
  readonly pollSeconds: number;
  /** How long running tasks may go on after `stop()`. */
  readonly graceSeconds: number;
  /** After how long without a receive that succeeded the worker counts as lost. Default 0: never. */
  readonly watchdogSeconds?: number;
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
}

export interface RunningWorker {
  /** Takes nothing new, returns what was not begun, and resolves when the running tasks have ended or were released. */
  stop(): Promise<void>;
  /** Resolves when the worker receives no more and has no reason for it: the process is to end with an error. */
  readonly expired: Promise<void>;
}

export function startWorker(options: StartWorkerOptions): RunningWorker {
  const { implementation, clock, log, graceSeconds, watchdogSeconds = 0 } = options;
  const { name, tasks, concurrency, leaseSeconds } = implementation.worker;
  const grace = new AbortController();
  const { table, breaker } = guardedTable(options);
  const cancels = new CancelWatch({
    read: async () => readCancels(table, name),
    everyMs: (leaseSeconds * 1_000) / 3,
  });
  const handling = { ...handleOptions(options, table, grace.signal), cancels };
  const consumer = startConsumer({
    queue: queueOf(options),
    leaseSeconds,
    concurrency,
    handle: async (held) => handleMessage(handling, held),
    // Without its table a worker can claim nothing: what it received would go back, one receive nearer to its end.
    gate: breaker.whenAvailable,
    clock,
    log,
  });
  const watchdog = startWatchdog({ consumer, limitSeconds: watchdogSeconds, log });
  const taskNames = tasks.map((task) => String(task.name));
  log.event('worker.started', { worker: name, tasks: taskNames, concurrency });
  const { scheduler } = handling;
  const stopping = { consumer, watchdog, breaker, cancels, scheduler, grace, graceSeconds, log };
  return { stop: async () => stopWorker(stopping), expired: watchdog.expired };
}

function guardedTable({ clients, resources, implementation, ...options }: StartWorkerOptions) {
  const { tableName } = resources;
  return guardTable({
    table: { dynamodb: clients.dynamodb, tableName },
    // Under the keys that the worker may read, and no task's.
    probeKey: `result#${implementation.worker.name}_probe`,
    options: options.breaker,
    clock: options.clock,
    log: options.log,
  });
}

function queueOf({ clients, resources, implementation, pollSeconds }: StartWorkerOptions) {
  const { queueUrl, deadLetterQueueUrl } = resources;
  const { leaseSeconds } = implementation.worker;
  return sqsQueue({ sqs: clients.sqs, queueUrl, deadLetterQueueUrl, leaseSeconds, pollSeconds });
}

function handleOptions(options: StartWorkerOptions, table: TaskTable, stopping: AbortSignal) {
  const { implementation, clients, resources, clock, log, holder } = options;
  const bucket = { s3: clients.s3, bucketName: resources.bucketName };
  const { topicArn } = resources;
  const scheduler = createScheduler({
    sns: clients.sns,
    topicArn,
    table,
    bucket,
    clock,
    log,
    breaker: options.breaker,
  });
  return { implementation, table, bucket, scheduler, clock, log, holder, stopping };
}

interface Stopping {
  readonly consumer: Consumer;
  readonly watchdog: Watchdog;
  readonly breaker: BreakerState;
  readonly cancels: CancelWatch;
  readonly scheduler: Scheduler;
  readonly grace: AbortController;
  readonly graceSeconds: number;
  readonly log: Log;
}

async function stopWorker(stopping: Stopping): Promise<void> {
  const { consumer, watchdog, breaker, cancels, scheduler, grace, graceSeconds, log } = stopping;
  watchdog.stop();
  log.event('worker.stopping', { running: consumer.running });
  const end = () => grace.abort(new WorkerStoppingError('the worker stops and its grace is over'));
  const timer = setTimeout(end, graceSeconds * 1_000);
  await consumer.stop();
  clearTimeout(timer);
  cancels.stop();
  breaker.close();
  scheduler.close();
  log.event('worker.stopped', { abandoned: grace.signal.aborted ? 1 : 0 });
}
