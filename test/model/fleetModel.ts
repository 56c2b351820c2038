import { type HeldMessage, type Settlement, startConsumer } from '@taskfleet/toolbox/consume';
import { type Clock, systemClock } from '@taskfleet/toolbox/clock';
import { createLog } from '@taskfleet/toolbox/log';
import { FifoQueueModel } from './fifoQueueModel.ts';
import { startFunction } from './startFunction.ts';

export interface Scenario {
  /** What runs the handlers. */
  readonly runtime: 'process' | 'function';
  readonly seed: number;
  readonly groups: number;
  readonly messagesPerGroup: number;
  readonly workers: number;
  readonly concurrency: number;
  /** Of the queue's calls, from 0 to 1, while there are faults. */
  readonly faultRate: number;
  /** Workers that die in the middle, each replaced by a new one. */
  readonly kills: number;
  /** Times that a worker is cut off from the queue for longer than a lease, and goes on working. */
  readonly partitions: number;
}

/** What went against a promise, as a sentence. */
export type Violation = string;

const LEASE_SECONDS = 12;

const FUNCTION_TIMEOUT_SECONDS = 50;

const VISIBILITY_SECONDS = { process: LEASE_SECONDS, function: 6 * FUNCTION_TIMEOUT_SECONDS };

/** Faults are what is asked for here: their log lines say nothing new. */
const silent = createLog({ level: 'error', destination: { write: () => undefined } });

interface Run {
  readonly worker: number;
  readonly signal: AbortSignal;
}

/** Consumers of the product on the model of a queue, in fake time, with a record of what has ended as the table keeps it. */
export class FleetModel {
  readonly #scenario: Scenario;
  readonly #random: () => number;
  readonly #sleep: (ms: number) => Promise<void>;
  readonly #now: () => number;
  readonly #queue: FifoQueueModel;
  readonly #ended = new Set<string>();
  readonly #running = new Map<string, Run>();
  readonly #dead = new Set<number>();
  readonly #cutOff = new Set<number>();
  readonly #stops: (() => Promise<void>)[] = [];
  readonly violations: Violation[] = [];
  #faulty = true;
  #workers = 0;

  constructor(
    scenario: Scenario,
    time: { now: () => number; sleep: (ms: number) => Promise<void> },
  ) {
    this.#scenario = scenario;
    this.#random = seeded(scenario.seed);
    this.#sleep = time.sleep;
    this.#now = time.now;
    this.#queue = new FifoQueueModel({
      ...time,
      random: this.#random,
      leaseMs: VISIBILITY_SECONDS[scenario.runtime] * 1_000,
      faultRate: () => (this.#faulty ? scenario.faultRate : 0),
    });
  }

  start(): void {
    for (let n = 0; n < this.#scenario.messagesPerGroup; n += 1) {
      for (let group = 0; group < this.#scenario.groups; group += 1) {
        this.#queue.send(`${group}/${n}`, `group ${group}`);
      }
    }
    for (let i = 0; i < this.#scenario.workers; i += 1) this.#startWorker();
  }

  /** The oldest worker that lives is gone from one moment to the next; a new one comes. */
  kill(): void {
    this.#dead.add(this.#oldest());
    this.#startWorker();
  }

  /** The oldest worker that lives reaches the queue no more, until all do again. */
  cutOff(): void {
    this.#cutOff.add(this.#oldest());
  }

  reconnect(): void {
    this.#cutOff.clear();
  }

  #oldest(): number {
    return Array.from({ length: this.#workers }, (_, i) => i).findIndex((i) => !this.#dead.has(i));
  }

  calm(): void {
    this.#faulty = false;
  }

  get isDone(): boolean {
    return this.#queue.isEmpty;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stops.map(async (stop) => stop()));
  }

  /** What is missing at the end. */
  finish(): Violation[] {
    const { groups, messagesPerGroup } = this.#scenario;
    const lost = Array.from({ length: groups * messagesPerGroup }, (_, i) => {
      const id = `${i % groups}/${Math.floor(i / groups)}`;
      return this.#ended.has(id) ? [] : [`${id} was lost`];
    });
    return [...this.violations, ...lost.flat()];
  }

  #startWorker(): void {
    if (this.#scenario.runtime === 'process') this.#startProcess();
    else this.#startFunction();
  }

  #startProcess(): void {
    const { worker, queue, isDead } = this.#newWorker();
    const consumer = startConsumer({
      queue,
      leaseSeconds: LEASE_SECONDS,
      concurrency: this.#scenario.concurrency,
      handle: async (held) => this.#handle(worker, held),
      clock: this.#clock,
      log: silent,
    });
    this.#stops.push(async () => (isDead() ? undefined : consumer.stop()));
  }

  #startFunction(): void {
    let isDead = () => false;
    const environment = () => {
      const { worker, queue, ...made } = this.#newWorker();
      isDead = made.isDead;
      const handle = async (held: HeldMessage) => this.#handle(worker, held);
      return { queue, handle, kill: () => void this.#dead.add(worker) };
    };
    const { stop } = startFunction({
      timeoutMs: FUNCTION_TIMEOUT_SECONDS * 1_000,
      concurrency: this.#scenario.concurrency,
      environment,
      clock: this.#clock,
      log: silent,
    });
    this.#stops.push(async () => (isDead() ? undefined : stop()));
  }

  #newWorker() {
    const worker = this.#workers;
    this.#workers += 1;
    const isDead = () => this.#dead.has(worker);
    const queue = this.#queue.client(isDead, () => this.#cutOff.has(worker));
    return { worker, queue, isDead };
  }

  get #clock(): Clock {
    return {
      now: this.#now,
      monotonic: this.#now,
      sleep: this.#sleep,
      timer: systemClock.timer,
      random: this.#random,
      randomBytes: () => new Uint8Array(16),
    };
  }

  /** As the runtime does: what has ended is not run again; an end is recorded before the message goes. */
  async #handle(worker: number, held: HeldMessage): Promise<Settlement> {
    const { body: id, signal } = held;
    if (this.#ended.has(id)) return { kind: 'delete' };
    if (!held.isHeld()) return { kind: 'return' };
    this.#checkBegin(id);
    this.#running.set(id, { worker, signal });
    await this.#sleep(this.#random() * 20_000);
    if (this.#dead.has(worker)) return new Promise(() => undefined);
    if (signal.aborted && this.#isUndisturbed) {
      this.violations.push(`${id} lost its lease although nothing went wrong`);
    }
    const isHolder = this.#running.get(id)?.signal === signal;
    if (isHolder) this.#running.delete(id);
    return isHolder && !signal.aborted ? this.#outcome(id) : { kind: 'leave' };
  }

  #outcome(id: string): Settlement {
    const chance = this.#random();
    if (chance < 0.2) return { kind: 'hide', seconds: Math.ceil(this.#random() * 30) };
    if (chance < 0.25) return { kind: 'return' };
    this.#ended.add(id);
    return chance < 0.3
      ? { kind: 'deadLetter', reason: 'it cannot be handled' }
      : { kind: 'delete' };
  }

  get #isUndisturbed(): boolean {
    const { faultRate, kills, partitions } = this.#scenario;
    return faultRate + kills + partitions === 0;
  }

  #checkBegin(id: string): void {
    const [group = '', n = ''] = id.split('/');
    const before = Array.from({ length: Number(n) }, (_, i) => `${group}/${i}`);
    for (const earlier of before.filter((other) => !this.#ended.has(other))) {
      this.violations.push(`${id} began before ${earlier} had ended`);
    }
    const run = this.#running.get(id);
    if (run && !run.signal.aborted && !this.#dead.has(run.worker)) {
      this.violations.push(`${id} began while worker ${run.worker} still held it`);
    }
  }
}

/** Mulberry32: 32 bits of state, enough for a test. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
