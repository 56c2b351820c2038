import { hostname } from 'node:os';
import { isTableOutage } from '../../breaker/index.ts';
import type { Clock } from '../../clock.ts';
import { type ProcessId, workerOfProcess } from '../../contract/index.ts';
import type { Log } from '../../log/index.ts';
import { type Heartbeat, type ReadControlOptions } from '../../table/index.ts';
import toolbox from '../../package.json' with { type: 'json' };
import type { Tally } from '../tally.ts';
import type { EventLoopLag } from './eventLoopLag.ts';
import type { Orders } from './orders.ts';

export interface HeartOptions {
  /** Of this process. */
  readonly id: ProcessId;
  readonly intervalSeconds: number;
  readonly leaseSeconds: number;
  readonly concurrency: () => number;
  readonly orders: Orders;
  /** Has what the worker is told read, for the orders to hear. */
  readonly listen: (options: ReadControlOptions) => Promise<void>;
  readonly say: (heartbeat: Heartbeat) => Promise<void>;
  /** Takes back what was said. */
  readonly unsay: () => Promise<void>;
  readonly tally: Tally;
  readonly lag: EventLoopLag;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly log: Pick<Log, 'event'>;
}

/** Pause between tries until the first orders are heard. */
const LISTEN_AGAIN_AFTER_MS = 1_000;

/**
 * Says every few seconds that this process lives and what it does, and hears at the same time what is wanted of it. What fails is said
 * once, and tried again with the next beat: a process that is not heard looks lost, and goes on working.
 */
export class Heart {
  readonly #options: HeartOptions;
  readonly #startedAt: number;
  readonly #ended = new AbortController();
  readonly #begun: Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #beats = 0;
  #beating: Promise<void> | undefined;
  #isStopping = false;
  #hasFailed = false;

  constructor(options: HeartOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#begun = this.#begin();
  }

  /** From now on it says that the process stops. */
  stopping(): void {
    this.#isStopping = true;
  }

  /** Beats now, unless a beat is under way. Never rejects. */
  async beat(options: ReadControlOptions = {}): Promise<void> {
    this.#beating ??= this.#beatOnce(options).finally(() => (this.#beating = undefined));
    return this.#beating;
  }

  /** The last beat: the process has ended in order, and is nobody's to look for. Never rejects. */
  async stop(): Promise<void> {
    this.#ended.abort();
    clearInterval(this.#timer);
    await this.#begun;
    // A beat that came later would look like a process that died.
    await this.#beating;
    this.#options.lag.stop();
    await this.#attempt(this.#options.unsay);
  }

  async #begin(): Promise<void> {
    const { clock, orders, intervalSeconds } = this.#options;
    const { signal } = this.#ended;
    // Which shutdowns are meant for this process is decided by what it hears first: nothing older than its beginning.
    await this.beat({ isConsistent: true });
    while (!orders.isBorn && !signal.aborted) {
      await clock.sleep(LISTEN_AGAIN_AFTER_MS, signal).catch(() => undefined);
      if (!signal.aborted) await this.beat({ isConsistent: true });
    }
    if (signal.aborted) return;
    // Only now: whoever sees a task that runs here is to find this process too.
    orders.begin();
    this.#timer = setInterval(() => void this.beat(), intervalSeconds * 1_000).unref();
  }

  async #beatOnce(options: ReadControlOptions): Promise<void> {
    const hasHeard = await this.#attempt(async () => this.#listen(options));
    const hasSaid = await this.#attempt(async () => this.#options.say(this.#heartbeat()));
    if (hasHeard && hasSaid) this.#hasFailed = false;
  }

  async #listen(options: ReadControlOptions): Promise<void> {
    const { listen, orders } = this.#options;
    try {
      await listen(options);
    } catch (error) {
      if (!isTableOutage(error)) orders.giveUpHearing();
      throw error;
    }
  }

  async #attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      if (!this.#hasFailed) this.#options.log.event('heartbeat.failed', { error: String(error) });
      this.#hasFailed = true;
      return false;
    }
  }

  #heartbeat(): Heartbeat {
    const { id, intervalSeconds, leaseSeconds, orders, tally, lag, clock } = this.#options;
    this.#beats += 1;
    const { running, counters } = tally;
    return {
      id,
      worker: workerOfProcess(id),
      host: hostname(),
      pid: process.pid,
      toolbox: toolbox.version,
      node: process.versions.node,
      startedAt: this.#startedAt,
      beatAt: clock.now(),
      beat: this.#beats,
      intervalSeconds,
      leaseSeconds,
      state: this.#state(),
      revision: orders.revision,
      concurrency: this.#options.concurrency(),
      running: running.length,
      tasks: running,
      ...counters,
      rssBytes: process.memoryUsage.rss(),
      lagMs: lag.take(),
    };
  }

  #state(): Heartbeat['state'] {
    if (this.#isStopping) return 'stopping';
    return this.#options.orders.paused ? 'paused' : 'running';
  }
}
