import {
  type Consumer,
  sqsQueue,
  startConsumer,
  startWatchdog,
  type Watchdog,
} from '../consume/index.ts';
import type { Log } from '../log/index.ts';
import { WorkerStoppingError } from './errors.ts';
import { handleMessage } from './handleMessage.ts';
import { TaskProtection } from './taskProtection.ts';
import { createHandling, type Handling, type HandlingOptions, logStarted } from './handling.ts';

export interface StartWorkerOptions extends HandlingOptions {
  /** Names this process in records, such as its host and process id. */
  readonly holder: string;
  readonly pollSeconds: number;
  /** How long running tasks may go on after `stop()`. */
  readonly graceSeconds: number;
  /** After how long without a receive that succeeded the worker counts as lost. Default 0: never. */
  readonly watchdogSeconds?: number;
  /** Where ECS's agent is asked to protect this container while it runs tasks. Default: nowhere. */
  readonly ecsAgentUri?: string | undefined;
}

export interface RunningWorker {
  /** Takes nothing new, returns what was not begun, and resolves when the running tasks have ended or were released. */
  stop(): Promise<void>;
  /** Resolves when the worker receives no more and has no reason for it: the process is to end with an error. */
  readonly expired: Promise<void>;
}

export function startWorker(options: StartWorkerOptions): RunningWorker {
  const { implementation, clock, log, holder, graceSeconds, watchdogSeconds = 0 } = options;
  const { concurrency, leaseSeconds } = implementation.worker;
  const grace = new AbortController();
  const draining = new AbortController();
  const handling = createHandling(options);
  const handle = { ...handling, holder, stopping: grace.signal, draining: draining.signal };
  const consumer = startConsumer({
    queue: queueOf(options),
    leaseSeconds,
    concurrency,
    handle: async (held) => handleMessage(handle, held),
    // Without its table a worker can claim nothing: what it received would go back, one receive nearer to its end.
    gate: handling.breaker.whenAvailable,
    clock,
    log,
  });
  const watchdog = startWatchdog({ consumer, limitSeconds: watchdogSeconds, log });
  const protection = protectionOf(options, consumer);
  logStarted(handling);
  const stopping = { protection, consumer, watchdog, handling, draining, grace, graceSeconds, log };
  return { stop: async () => stopWorker(stopping), expired: watchdog.expired };
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
  readonly draining: AbortController;
  readonly grace: AbortController;
  readonly graceSeconds: number;
  readonly log: Log;
}

async function stopWorker(stopping: Stopping): Promise<void> {
  const { protection, consumer, watchdog, handling, draining, grace, graceSeconds, log } = stopping;
  watchdog.stop();
  protection?.stop();
  draining.abort(new WorkerStoppingError('the worker stops'));
  log.event('worker.stopping', { running: consumer.running });
  const end = () => grace.abort(new WorkerStoppingError('the worker stops and its grace is over'));
  const timer = setTimeout(end, graceSeconds * 1_000);
  await consumer.stop();
  clearTimeout(timer);
  handling.close();
  log.event('worker.stopped', { abandoned: grace.signal.aborted ? 1 : 0 });
}
