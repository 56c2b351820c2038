import type { Clock } from '../clock.ts';
import { LeaseLostError } from './errors.ts';
import type { HeldMessage } from './heldMessage.ts';
import { isRefusal } from './isRefusal.ts';
import { isReliable, type LeaseTimes, planHeartbeat } from './planHeartbeat.ts';
import type { ReceivedMessage } from './receivedMessage.ts';
import type { QueueClient } from './sqsQueue.ts';

export interface LeasesOptions {
  readonly queue: Pick<QueueClient, 'changeVisibility'>;
  readonly leaseSeconds: number;
  readonly clock: Pick<Clock, 'monotonic'>;
}

interface Lease extends LeaseTimes {
  endsAt: number;
  extending: boolean;
  readonly message: ReceivedMessage;
  readonly abort: AbortController;
}

/**
 * Keeps the leases of the messages that this process holds: extends them while they are needed, and aborts a message's
 * signal when its lease cannot be relied on any more. Time is this process's own monotonic clock, so a suspended process
 * finds its leases lost when it wakes up.
 */
export class Leases {
  readonly #options: LeasesOptions;
  readonly #leaseMs: number;
  readonly #held = new Map<string, Lease>();

  constructor(options: LeasesOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseSeconds * 1_000;
  }

  /**
   * Begins the leases of what a receive brought; `askedAt` (monotonic) is when it was asked. The queue may have handed the
   * messages out at any time since: they count as held from `askedAt` on, and when that is too long ago, because the poll was
   * long or the answer slow, each is extended first. One that cannot be is given up: its signal is aborted.
   */
  async hold(messages: readonly ReceivedMessage[], askedAt: number): Promise<HeldMessage[]> {
    const now = this.#options.clock.monotonic();
    const endsAt = askedAt + this.#leaseMs;
    const leases = messages.map((message): Lease => ({
      message,
      abort: new AbortController(),
      receivedAt: askedAt,
      endsAt,
      extending: false,
    }));
    for (const lease of leases) this.#held.set(lease.message.receiptHandle, lease);
    if (now - askedAt > this.#leaseMs / 6) {
      await Promise.all(leases.map(async (lease) => this.#confirm(lease, now)));
    }
    return leases.map((lease) => this.#heldBy(lease));
  }

  #heldBy(lease: Lease): HeldMessage {
    const isHeld = () => this.#isHeld(lease);
    return { ...lease.message, signal: lease.abort.signal, isHeld };
  }

  /** Ends a lease: the message has been settled, or is about to be. */
  release({ receiptHandle }: ReceivedMessage): void {
    this.#held.delete(receiptHandle);
  }

  /** Extends and gives up what is due now. Call it several times within a lease. */
  beat(): void {
    const now = this.#options.clock.monotonic();
    const { extend, lost } = planHeartbeat(this.#held.values(), this.#leaseMs, now);
    for (const lease of lost) this.#giveUp(lease, 'it could not be extended in time');
    for (const lease of extend.filter(({ extending }) => !extending)) void this.#extend(lease, now);
  }

  async #confirm(lease: Lease, now: number): Promise<void> {
    // Beats leave it alone until it is known.
    lease.endsAt = Infinity;
    try {
      await this.#options.queue.changeVisibility(lease.message, this.#options.leaseSeconds);
      lease.endsAt = now + this.#leaseMs;
    } catch {
      this.#giveUp(lease, 'its message came late, and it could not be extended');
    }
  }

  #isHeld(lease: Lease): boolean {
    if (!isReliable(lease, this.#leaseMs, this.#options.clock.monotonic())) {
      this.#giveUp(lease, 'it could not be extended in time');
    }
    return !lease.abort.signal.aborted;
  }

  async #extend(lease: Lease, now: number): Promise<void> {
    lease.extending = true;
    try {
      await this.#options.queue.changeVisibility(lease.message, this.#options.leaseSeconds);
      lease.endsAt = now + this.#leaseMs;
    } catch (error) {
      if (isRefusal(error)) this.#giveUp(lease, 'the queue refused to extend it');
      // Anything else may pass: the next beat tries again, and gives up in time.
    } finally {
      lease.extending = false;
    }
  }

  #giveUp(lease: Lease, reason: string): void {
    if (!this.#held.delete(lease.message.receiptHandle)) return;
    lease.abort.abort(new LeaseLostError(`the lease was lost: ${reason}`));
  }
}
