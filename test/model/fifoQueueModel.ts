import type { QueueClient, ReceivedMessage } from '@taskfleet/toolbox/consume';

export interface ModelOptions {
  /** Fake milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 up to 1, seeded. */
  readonly random: () => number;
  readonly leaseMs: number;
  /** How likely a call fails, half of the times after it has had its effect; a third as likely its answer comes late. */
  readonly faultRate: () => number;
}

interface Kept {
  readonly id: string;
  readonly group: string;
  visibleAt: number;
  receipt: string;
  receives: number;
}

const POLL_MS = 1_000;
const LOOK_EVERY_MS = 50;

/** An answer may take longer than a lease: a connection that resends, a process that stood still. */
const SLOWEST_ANSWER_MS = 20_000;

/**
 * A small model of an SQS FIFO queue as AWS describes it, and as no emulator here behaves: one receive may return several
 * messages of one group; a group with a message in flight gives no more; a receipt is void once its visibility has ended.
 */
export class FifoQueueModel {
  readonly #options: ModelOptions;
  readonly #kept: Kept[] = [];
  readonly deleted = new Set<string>();
  readonly dead = new Map<string, string>();
  #receipts = 0;

  constructor(options: ModelOptions) {
    this.#options = options;
  }

  send(id: string, group: string): void {
    this.#kept.push({ id, group, visibleAt: 0, receipt: '', receives: 0 });
  }

  get isEmpty(): boolean {
    return this.#kept.length === 0;
  }

  /** The queue as one process sees it: a dead one's calls never answer nor have an effect, those of one cut off fail. */
  client(isDead: () => boolean, isCutOff: () => boolean): QueueClient {
    const call = async <T>(effect: () => T | Promise<T>): Promise<T> => {
      if (isDead()) return new Promise(() => undefined);
      if (isCutOff()) throw new Error('no route to the queue');
      const { random, faultRate } = this.#options;
      const fails = random() < faultRate();
      if (fails && random() < 0.5) throw new Error('the request was lost');
      const value = await effect();
      if (fails) throw new Error('the answer was lost');
      if (random() < faultRate() / 3) await this.#options.sleep(random() * SLOWEST_ANSWER_MS);
      return value;
    };
    return {
      receive: async (maximum) => call(async () => this.#poll(maximum, isDead)),
      delete: async (message) => call(() => void this.deleted.add(this.#take(message).id)),
      changeVisibility: async (message, seconds) =>
        call(() => {
          this.#inFlight(message).visibleAt = this.#options.now() + seconds * 1_000;
        }),
      deadLetter: async (message, reason) =>
        call(() => void this.dead.set(this.#take(message).id, reason)),
    };
  }

  async #poll(maximum: number, isDead: () => boolean): Promise<ReceivedMessage[]> {
    const until = this.#options.now() + POLL_MS;
    for (;;) {
      const batch = isDead() ? [] : this.#receive(maximum);
      if (batch.length > 0 || this.#options.now() >= until) return batch;
      await this.#options.sleep(LOOK_EVERY_MS);
    }
  }

  #receive(maximum: number): ReceivedMessage[] {
    const { now, random, leaseMs } = this.#options;
    const blocked = new Set(
      this.#kept.filter(({ visibleAt }) => visibleAt > now()).map(({ group }) => group),
    );
    const batch: ReceivedMessage[] = [];
    for (const kept of this.#kept) {
      if (batch.length === maximum) break;
      if (blocked.has(kept.group)) continue;
      // AWS promises no full batches: now and then a group gives fewer than it has.
      if (random() < 0.2) {
        blocked.add(kept.group);
        continue;
      }
      kept.visibleAt = now() + leaseMs;
      kept.receives += 1;
      kept.receipt = `receipt ${(this.#receipts += 1)}`;
      batch.push(received(kept));
    }
    return batch;
  }

  #inFlight({ receiptHandle }: ReceivedMessage): Kept {
    const kept = this.#kept.find(({ receipt }) => receipt === receiptHandle);
    if (kept && kept.visibleAt > this.#options.now()) return kept;
    throw Object.assign(new Error('not in flight'), { name: 'MessageNotInflight' });
  }

  #take(message: ReceivedMessage): Kept {
    const kept = this.#inFlight(message);
    this.#kept.splice(this.#kept.indexOf(kept), 1);
    return kept;
  }
}

function received({ id, group, receipt, receives }: Kept): ReceivedMessage {
  return {
    body: id,
    groupId: group,
    receiptHandle: receipt,
    deduplicationId: id,
    receiveCount: receives,
  };
}
