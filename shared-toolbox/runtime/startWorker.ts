import {
  type Consumer,
  sqsQueue,
  startConsumer,
  startWatchdog,
  type Watchdog,
} from '../consume/index.ts';
import type { ProcessId } from '../contract/index.ts';
import type { Log } from '../log/index.ts';
import { WorkerStoppingError } from './errors.ts';
import { handleMessage } from './handleMessage.ts';
import { TaskProtection } from './taskProtection.ts';
import { createHandling, type Handling, type HandlingOptions, logStarted } from './handling.ts';
import type { Heart } from './signals/heart.ts';
import { Orders } from './signals/orders.ts';
import { startHeart } from './signals/startHeart.ts';

export interface StartWorkerOptions extends HandlingOptions {
  /** Names this process in records and in its heartbeats: `newProcessId(worker.name, clock)`. */
  readonly holder: ProcessId;
  readonly pollSeconds: number;
  /** How long running tasks may go on after `stop()`. */
  readonly graceSeconds: number;
  /** After how long without a receive that succeeded the worker counts as lost. Default 0: never. */
  readonly watchdogSeconds?: number;
  /** Seconds between two heartbeats, each of which costs a write unit. Default 10. */
  readonly heartbeatSeconds?: number;
  /** Where ECS's agent is asked to protect this container while it runs tasks. Default: nowhere. */
  readonly ecsAgentUri?: string | undefined;
}

export interface RunningWorker {
  /** Takes nothing new, returns what was not begun, and resolves when the running tasks have ended or were released. */
  stop(): Promise<void>;
  /** Resolves when the worker receives no more and has no reason for it: the process is to end with an error. */
  readonly expired: Promise<void>;
  /** Resolves when somebody wants this process to end: it is to be stopped in order. */
  readonly dismissed: Promise<void>;
  /** Tasks that run at the same time from now on; more that run go on. */
  setConcurrency(concurrency: number): void;
}

export function startWorker(options: StartWorkerOptions): RunningWorker {
  const { implementation, clock, log, holder, graceSeconds, watchdogSeconds = 0 } = options;
  const { concurrency, leaseSeconds } = implementation.worker;
  const grace = new AbortController();
  const draining = new AbortController();
  const handling = createHandling(options);
  const setConcurrency = (wanted: number) => resize(consumer, wanted, log);
  const onConcurrency = (wanted: number = concurrency) => setConcurrency(wanted);
  const orders = new Orders({ id: holder, onConcurrency, log });
  const own = { holder, limited: orders.limited };
  const handle = { ...handling, ...own, stopping: grace.signal, draining: draining.signal };
  const consumer: Consumer = startConsumer({
    queue: queueOf(options),
    leaseSeconds,
    concurrency,
    handle: async (held) => handleMessage(handle, held),
    // Without its table a worker can claim nothing: what it received would go back, one receive nearer to its end.
    gate: () => handling.breaker.whenAvailable() ?? orders.whenOpen(),
    clock,
    log,
  });
  const watchdog = startWatchdog({ consumer, limitSeconds: watchdogSeconds, log });
  const protection = protectionOf(options, consumer);
  const heart = startHeart(options, { handling, orders, consumer });
  logStarted(handling);
  const parts = { protection, consumer, watchdog, handling, heart };
  const stopping = { ...parts, draining, grace, graceSeconds, log };
  return {
    stop: async () => stopWorker(stopping),
    expired: watchdog.expired,
    dismissed: orders.shutdown,
    setConcurrency,
  };
}

function resize(consumer: Consumer, concurrency: number, log: Log): void {
  consumer.setConcurrency(concurrency);
  log.event('worker.resized', { concurrency });
}

function protectionOf(
  { ecsAgentUri, implementation, clock, log }: StartWorkerOptions,
  consumer: Consumer,
): TaskProtection | undefined {
  if (ecsAgentUri === undefined) return undefined;
  const longestMs = Math.max(...implementation.worker.tasks.map(({ timeLimitMs }) => timeLimitMs));
  const running = () => consumer.running;
  return new TaskProtection({ agentUri: ecsAgentUri, running, longestMs, clock, log });
}

function queueOf({ clients, resources, implementation, pollSeconds }: StartWorkerOptions) {
  const { queueUrl, deadLetterQueueUrl } = resources;
  const { leaseSeconds } = implementation.worker;
  return sqsQueue({ sqs: clients.sqs, queueUrl, deadLetterQueueUrl, leaseSeconds, pollSeconds });
}

interface Stopping {
  readonly protection: TaskProtection | undefined;
  readonly consumer: Consumer;
  readonly watchdog: Watchdog;
  readonly handling: Handling;
  readonly heart: Heart;
  readonly draining: AbortController;
  readonly grace: AbortController;
  readonly graceSeconds: number;
  readonly log: Log;
}

async function stopWorker(stopping: Stopping): Promise<void> {
  const { protection, consumer, watchdog, handling, heart, ...rest } = stopping;
  const { draining, grace, graceSeconds, log } = rest;
  watchdog.stop();
  protection?.stop();
  heart.stopping();
  draining.abort(new WorkerStoppingError('the worker stops'));
  log.event('worker.stopping', { running: consumer.running });
  const end = () => grace.abort(new WorkerStoppingError('the worker stops and its grace is over'));
  const timer = setTimeout(end, graceSeconds * 1_000);
  await consumer.stop();
  clearTimeout(timer);
  await heart.stop();
  handling.close();
  log.event('worker.stopped', { abandoned: grace.signal.aborted ? 1 : 0 });
}
