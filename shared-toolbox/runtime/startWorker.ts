import { type Consumer, startWatchdog } from '../consume/index.ts';
import type { ProcessId } from '../contract/index.ts';
import type { WorkerFacts } from '../hooks/index.ts';
import type { Log } from '../log/index.ts';
import { ConcurrencyControl } from './autoscale/concurrencyControl.ts';
import { createPool } from './createPool.ts';
import { WorkerStoppingError } from './errors.ts';
import { handleMessage } from './handleMessage.ts';
import { TaskProtection } from './taskProtection.ts';
import { createHandling, type Handling, type HandlingOptions, logStarted } from './handling.ts';
import type { Heart } from './signals/heart.ts';
import { Orders } from './signals/orders.ts';
import { startHeart } from './signals/startHeart.ts';
import { startWorkerConsumer } from './workerConsumer.ts';

export interface StartWorkerOptions extends Omit<HandlingOptions, 'pool'> {
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
  /** The module that calls `runWorker`: a worker with `threads()` needs it, because its threads import it too. */
  readonly main?: string | URL | undefined;
}

export interface RunningWorker {
  /** Takes nothing new, returns what was not begun, and resolves when the running tasks have ended or were released. */
  stop(): Promise<void>;
  /**
   * Lets so many tasks run at the same time from now on, from 1 to 1,000; what runs goes on. The number holds, also against
   * `autoscale`, until the next; undefined gives back what the contract says. Throws ConcurrencyError.
   */
  setConcurrency(concurrency: number | undefined): void;
  /**
   * Resolves when the process is to end with an error: the worker receives no more and has no reason for it, or its threads are
   * of no use any more and it has stopped.
   */
  readonly expired: Promise<void>;
  /** Resolves when somebody wants this process to end: it is to be stopped in order. */
  readonly dismissed: Promise<void>;
}

export function startWorker(options: StartWorkerOptions): RunningWorker {
  const { implementation, log, main, holder, graceSeconds, watchdogSeconds = 0 } = options;
  const { worker } = implementation;
  const grace = new AbortController();
  const draining = new AbortController();
  const size = ConcurrencyControl.initial(worker);
  const pool = createPool({ worker, size, main, log });
  const handling = createHandling({ ...options, pool });
  const onConcurrency = (wanted: number | undefined) => concurrency.set(wanted);
  const orders = new Orders({ id: holder, onConcurrency, log });
  const consumer = consume(options, { handling, orders, size, draining, grace });
  const watchdog = startWatchdog({ consumer, limitSeconds: watchdogSeconds, log });
  const protection = protectionOf(options, consumer);
  const concurrency = new ConcurrencyControl({ worker, consumer, pool, log });
  const heart = startHeart(options, { handling, orders, consumer });
  logStarted(handling);
  const facts = () => ({ worker: worker.name, process: holder });
  void handling.hooks.call('onWorkerStart', facts);
  const ends = [watchdog, concurrency, ...(protection ? [protection] : [])];
  const stopping = { ends, consumer, handling, heart, draining, grace, graceSeconds, log, facts };
  let stopped: Promise<void> | undefined;
  const stop = async () => (stopped ??= stopWorker(stopping));
  return {
    stop,
    setConcurrency: onConcurrency,
    expired: Promise.race([watchdog.expired, pool.broken.then(stop)]),
    dismissed: orders.shutdown,
  };
}

interface Consuming extends Pick<Stopping, 'handling' | 'draining' | 'grace'> {
  readonly orders: Orders;
  readonly size: number;
}

function consume(
  options: StartWorkerOptions,
  { handling, orders, size, draining, grace }: Consuming,
): Consumer {
  const { holder } = options;
  const own = { holder, limited: orders.limited };
  const handle = { ...handling, ...own, stopping: grace.signal, draining: draining.signal };
  return startWorkerConsumer(options, {
    concurrency: size,
    handle: async (held) => handleMessage(handle, held),
    // Without its table a worker can claim nothing, without a thread run nothing: what it received would go back, one receive nearer
    // to its end.
    gate: () => handling.pool.starting() ?? handling.breaker.whenAvailable() ?? orders.whenOpen(),
  });
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

interface Stopping {
  /** Whose timers end with the worker. */
  readonly ends: readonly { stop(): void }[];
  readonly consumer: Consumer;
  readonly handling: Handling;
  readonly heart: Heart;
  readonly draining: AbortController;
  readonly grace: AbortController;
  readonly graceSeconds: number;
  readonly log: Log;
  /** For hooks. */
  readonly facts: () => WorkerFacts;
}

async function stopWorker(stopping: Stopping): Promise<void> {
  const { ends, consumer, handling, heart, draining, grace, graceSeconds, log } = stopping;
  for (const each of ends) each.stop();
  heart.stopping();
  draining.abort(new WorkerStoppingError('the worker stops'));
  log.event('worker.stopping', { running: consumer.running });
  const end = () => grace.abort(new WorkerStoppingError('the worker stops and its grace is over'));
  const timer = setTimeout(end, graceSeconds * 1_000);
  await consumer.stop();
  clearTimeout(timer);
  await Promise.all([heart.stop(), handling.statistics.stop()]);
  await handling.pool.close();
  handling.close();
  await handling.hooks.call('onWorkerStop', stopping.facts);
  log.event('worker.stopped', { abandoned: grace.signal.aborted ? 1 : 0 });
}
