import type { Clock } from '../clock.ts';
import type { Log } from '../log/index.ts';
import type { HeldMessage } from './heldMessage.ts';
import { Leases } from './leases.ts';
import { orAborted } from './orAborted.ts';
import { runLane } from './runLane.ts';
import type { Settlement } from './settlement.ts';
import { settleMessage } from './settleMessage.ts';
import type { ReceivedMessage } from './receivedMessage.ts';
import { ownTurns, type ReceiveTurn, type ReceiveTurns } from './receiveTurns.ts';
import { Silence } from './silence.ts';
import { Slots } from './slots.ts';
import { splitLanes } from './splitLanes.ts';
import type { QueueClient } from './sqsQueue.ts';

export interface ConsumerOptions {
  readonly queue: QueueClient;
  readonly leaseSeconds: number;
  /** Messages handled at the same time, to begin with. */
  readonly concurrency: number;
  /** Those that messages are handled in. Default: as many as `concurrency`, this consumer's own. */
  readonly slots?: Slots;
  /** When receives are due. Default: when a slot is free. */
  readonly turns?: ReceiveTurns;
  /** Messages of one lane are handled in order, lanes in parallel. Default: a lane for each group. */
  readonly laneOf?: (message: ReceivedMessage) => string;
  /** Looks at one message and says what becomes of it. Must not reject. */
  readonly handle: (message: HeldMessage) => Promise<Settlement>;
  /**
   * Asked before each receive: a promise holds the loop until it resolves. While what a message needs is away, each receive
   * would only bring it nearer to the dead-letter queue. Must not reject. Default: nothing holds it.
   */
  readonly gate?: () => Promise<void> | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** A loop that receives, handles and settles until it is stopped. */
export interface Consumer {
  /** Takes nothing new, lets the poll under way end, returns what was not begun, waits for what runs. */
  stop(): Promise<void>;
  /** Messages being handled now. */
  readonly running: number;
  /** Messages that may be handled at the same time. */
  readonly concurrency: number;
  /** From now on; what runs goes on. */
  setConcurrency(concurrency: number): void;
  /** The most that were handled at the same time since this was last asked. */
  mostRunning(): number;
  /** Milliseconds without a receive that succeeded, not counting the time in which none was due: gate closed, slots taken. */
  readonly silentMs: number;
}

/** Longest pause after receives that failed in a row. */
const LONGEST_PAUSE_MS = 5_000;

/** Starts to consume a FIFO queue: groups in parallel, each group in order. */
export function startConsumer(options: ConsumerOptions): Consumer {
  const loop = new ConsumerLoop(options);
  const done = loop.run();
  const beats = setInterval(() => loop.beat(), (options.leaseSeconds * 1_000) / 12);
  return {
    get running() {
      return loop.slots.taken;
    },
    get concurrency() {
      return loop.slots.total;
    },
    setConcurrency: (concurrency) => loop.slots.resize(concurrency),
    mostRunning: () => loop.slots.mostTaken(),
    get silentMs() {
      return loop.silentMs;
    },
    stop: async () => {
      loop.requestStop();
      await done;
      clearInterval(beats);
    },
  };
}

class ConsumerLoop {
  readonly slots: Slots;
  readonly #options: ConsumerOptions;
  readonly #leases: Leases;
  readonly #turns: ReceiveTurns;
  readonly #silence: Silence;
  readonly #stopping = new AbortController();
  readonly #lanes = new Set<Promise<void>>();

  constructor(options: ConsumerOptions) {
    this.#options = options;
    this.#leases = new Leases(options);
    this.slots = options.slots ?? new Slots(options.concurrency);
    this.#turns = options.turns ?? ownTurns(this.slots);
    this.#silence = new Silence(options.clock);
  }

  get silentMs(): number {
    return this.#silence.ms;
  }

  beat(): void {
    this.#leases.beat();
  }

  requestStop(): void {
    this.#stopping.abort();
  }

  async run(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const turn = await this.#silence.excuse(this.#turnToReceive());
      if (this.#stopping.signal.aborted) {
        turn.end();
        break;
      }
      failures = (await this.#receive(turn, failures)) ? 0 : failures + 1;
      if (failures > 0) await this.#pause(failures);
    }
    await Promise.all(this.#lanes);
  }

  /** Resolves once a receive is due, or the consumer stops. */
  async #turnToReceive(): Promise<ReceiveTurn> {
    for (;;) {
      const turn = await this.#turns.next(this.#stopping.signal);
      const held = this.#options.gate?.();
      if (!held) return turn;
      turn.end();
      await orAborted(held, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return turn;
    }
  }

  async #receive(turn: ReceiveTurn, failures: number): Promise<boolean> {
    const { clock, log, queue, laneOf } = this.#options;
    try {
      const askedAt = clock.monotonic();
      const messages = await queue.receive(turn.maximum, turn.waitSeconds);
      this.#silence.broken();
      if (failures > 0) log.event('receive.recovered', { failures });
      const held = await this.#leases.hold(messages, askedAt);
      for (const lane of splitLanes(held, laneOf)) this.#begin(lane);
      turn.end(messages.length);
      return true;
    } catch (error) {
      if (failures === 0) log.event('receive.failed', { error: String(error) });
      turn.end(0);
      return false;
    }
  }

  async #pause(failures: number): Promise<void> {
    const { clock } = this.#options;
    const longest = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures);
    const ms = longest * (0.5 + clock.random() / 2);
    await clock.sleep(ms, this.#stopping.signal).catch(() => undefined);
  }

  #begin(lane: readonly HeldMessage[]): void {
    const running = this.#runLane(lane).finally(() => this.#lanes.delete(running));
    this.#lanes.add(running);
  }

  async #runLane(lane: readonly HeldMessage[]): Promise<void> {
    const free = await this.slots.take();
    await runLane(
      {
        mayBegin: () => !this.#stopping.signal.aborted,
        handle: this.#options.handle,
        settle: async (message, settlement) => {
          this.#leases.release(message);
          return settleMessage(this.#options, message, settlement);
        },
      },
      lane,
    );
    free();
    this.#turns.freed();
  }
}
