import type { ArtifactBucket } from '../artifacts/index.ts';
import type { Availability } from '../breaker/index.ts';
import {
  LARGEST_VALUE_BYTES,
  messageGroupId,
  OFFLOAD_ABOVE_BYTES,
  type TaskMessage,
  TooLargeError,
  UnavailableError,
} from '../contract/index.ts';
import { offloadInput } from './offloadInput.ts';
import { type Outgoing, outgoing, sizeBytesOf } from './outgoing.ts';
import { BYTES_PER_PUBLISH } from './publishMessages.ts';
import type { Prepared } from './prepare.ts';

export interface InputOffloadOptions {
  /** Where large inputs go, and large outputs are read from. Default: none; inputs are then limited to what SNS carries. */
  readonly bucket?: ArtifactBucket | undefined;
  /** Bytes of a serialized message above which its input goes to the bucket. Default 65,536. */
  readonly offloadAboveBytes?: number | undefined;
}

type Wanted = Pick<Prepared, 'task' | 'message' | 'isDurable'>;

type Publish = (message: TaskMessage) => Promise<void>;

/** What a scheduler does with large inputs: to the bucket first, then published as a reference. */
export class InputOffload {
  readonly #bucket: ArtifactBucket | undefined;
  readonly #aboveBytes: number;
  readonly #availability: () => Availability;
  /** By message group: settles when the last of its tasks that waits has been handed to the topic, or has failed. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(options: InputOffloadOptions, availability: () => Availability) {
    this.#bucket = options.bucket;
    this.#aboveBytes = options.offloadAboveBytes ?? OFFLOAD_ABOVE_BYTES;
    this.#availability = availability;
  }

  /**
   * Publishes, in the order of the calls within a group: a small input does not overtake a large one that is on its way to the
   * bucket. A call that nothing is to wait for is published in the same turn of the event loop.
   */
  async publish(wanted: Wanted, publish: Publish): Promise<void> {
    const { message } = wanted;
    const groupId = messageGroupId(message);
    const isLarge = this.#isLarge(outgoing(message));
    const before = this.#turns.get(groupId);
    if (!isLarge && !before) return publish(message);
    const ready = isLarge ? this.#offloaded(wanted) : Promise.resolve(message);
    const turn = handOver(before, ready, publish);
    this.#keepTurn(groupId, turn);
    return (await turn).published;
  }

  /** Whether it goes to the bucket. Throws TooLargeError for what would have to, but there is none. */
  #isLarge(entry: Outgoing): boolean {
    const sizeBytes = sizeBytesOf(entry);
    const isTooLarge = sizeBytes > BYTES_PER_PUBLISH;
    if (this.#bucket) return isTooLarge || Buffer.byteLength(entry.body) > this.#aboveBytes;
    if (!isTooLarge) return false;
    const hint = `; with a \`bucket\`, createScheduler takes inputs of up to ${LARGEST_VALUE_BYTES}`;
    throw new TooLargeError('the task with its input', sizeBytes, BYTES_PER_PUBLISH, hint);
  }

  async #offloaded({ task, message, isDurable }: Wanted): Promise<TaskMessage> {
    const isKept = isDurable || message.dueAt !== undefined;
    const availability = this.#availability();
    // While the topic is known to be away, nothing is put that could not be published.
    if (!availability.available && !isKept) {
      const { reason, retryAfterMs } = availability;
      throw new UnavailableError(message.id, reason, { retryAfterMs, cause: undefined });
    }
    return this.#bucket ? offloadInput(this.#bucket, task, message) : message;
  }

  #keepTurn(groupId: string, turn: Promise<unknown>): void {
    const kept = turn
      .catch(() => undefined)
      .then(() => {
        if (this.#turns.get(groupId) === kept) this.#turns.delete(groupId);
      });
    this.#turns.set(groupId, kept);
  }
}

/** Hands the message to the topic once it is ready and its turn has come. What becomes of it then is nobody else's to wait for. */
async function handOver(
  before: Promise<unknown> | undefined,
  ready: Promise<TaskMessage>,
  publish: Publish,
): Promise<{ readonly published: Promise<void> }> {
  const [message] = await Promise.allSettled([ready, before]);
  if (message.status === 'rejected') throw message.reason;
  return { published: publish(message.value) };
}
