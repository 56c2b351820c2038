import type { Clock } from '../clock.ts';
import { LeaseLostError } from './errors.ts';
import type { HeldMessage } from './heldMessage.ts';
import { type LeaseTimes, planHeartbeat } from './planHeartbeat.ts';
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

  /** Begins a lease. `receivedAt` is monotonic; the plan's margin covers what the answer took to arrive. */
  hold(message: ReceivedMessage, receivedAt: number): HeldMessage {
    const abort = new AbortController();
    const endsAt = receivedAt + this.#leaseMs;
    this.#held.set(message.receiptHandle, { message, abort, receivedAt, endsAt, extending: false });
    return { ...message, signal: abort.signal };
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

/** SQS's words for a receipt that is void: the message is deleted, visible again, or somebody else's. */
const REFUSALS = ['ReceiptHandleIsInvalid', 'MessageNotInflight', 'InvalidParameterValue'];

function isRefusal(error: unknown): boolean {
  return error instanceof Error && REFUSALS.some((name) => error.name.endsWith(name));
}
