import { type TaskId, type TaskMessage, parseMessage } from '@taskfleet/toolbox/contract';
import type { Outgoing } from '@taskfleet/toolbox/schedule';
import { claimTask, recordSucceeded, type TaskTable } from '@taskfleet/toolbox/table';
import type { VirtualClock } from '../fixtures/virtualClock.ts';

/** For so long the topic drops a message whose id it has taken (docs.aws.amazon.com/sns, message deduplication). */
const DEDUPLICATED_MS = 5 * 60_000;

export interface Published {
  readonly message: TaskMessage;
  readonly at: number;
}

export interface TopicModelOptions {
  readonly table: TaskTable;
  readonly clock: Pick<VirtualClock, 'now'>;
}

/** The topic, its queue, and a worker that claims in the real table, in the order of the messages. */
export class TopicModel {
  /** Every publish, by turns of time; what the topic dropped as well. */
  readonly published: Published[] = [];
  /** What ran, in this order. */
  readonly ran: TaskMessage[] = [];
  readonly #takenAt = new Map<TaskId, number>();
  readonly #options: TopicModelOptions;
  #waiting: TaskMessage[] = [];

  constructor(options: TopicModelOptions) {
    this.#options = options;
  }

  async take({ body }: Outgoing): Promise<void> {
    const parsed = parseMessage(body);
    if (!parsed.ok) throw parsed.error;
    const [message, at] = [parsed.value, this.#options.clock.now()];
    this.published.push({ message, at });
    if (at < (this.#takenAt.get(message.id) ?? -Infinity) + DEDUPLICATED_MS) return;
    this.#takenAt.set(message.id, at);
    this.#waiting.push(message);
  }

  async deliver(): Promise<void> {
    const [messages, { table, clock }] = [this.#waiting, this.#options];
    this.#waiting = [];
    for (const message of messages) {
      const [{ id, createdAt }, now] = [message, clock.now()];
      const nonce = `${id} ${this.ran.length}`;
      const claim = await claimTask(table, { id, nonce, holder: 'lab', maxAttempts: 9, now });
      if (claim.kind !== 'claimed') continue;
      this.ran.push(message);
      const held = { id, token: claim.record.token };
      await recordSucceeded(table, held, { now, createdAt, retentionMs: 1, output: null });
    }
  }
}
