import type { Clock } from '../../clock.ts';
import {
  type HeldMessage,
  isRefusal,
  LeaseLostError,
  type ReceivedMessage,
  type SettlingQueue,
} from '../../consume/index.ts';
import type { Log } from '../../log/index.ts';
import type { InvocationTime } from './invocationTime.ts';
import { within } from './within.ts';

export interface HoldOptions {
  readonly queue: Pick<SettlingQueue, 'changeVisibility'>;
  readonly time: InvocationTime;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Pick<Log, 'event'>;
}

/** The event source mapping deletes what succeeded after the invocation, and needs the receipts for it. */
const VISIBLE_AFTER_END_SECONDS = 30;

/** A queue that does not answer is not waited for: the visibility that the messages came with is long enough. */
const HOLD_WITHIN_MS = 3_000;

/**
 * The messages under leases that last as long as the invocation. The queue hides them for six times that, so that they may wait
 * for their turn: with the invocation begun that is too long, as what dies with it would come back only then. A message that is
 * not this invocation's any more, because it waited for longer still, is held by nobody here.
 */
export async function holdBatch<M extends ReceivedMessage>(
  options: HoldOptions,
  messages: readonly M[],
): Promise<(M & HeldMessage)[]> {
  return Promise.all(messages.map(async (message) => hold(options, message)));
}

async function hold<M extends ReceivedMessage>(
  { queue, time, clock, log }: HoldOptions,
  message: M,
): Promise<M & HeldMessage> {
  const lost = new AbortController();
  const loseFor = (reason: string) => {
    log.event('lease.lost', { reason });
    lost.abort(new LeaseLostError(`the lease was lost: ${reason}`));
  };
  const seconds = Math.ceil(time.remainingMs / 1_000) + VISIBLE_AFTER_END_SECONDS;
  const shortened = async () => {
    try {
      await queue.changeVisibility(message, seconds);
    } catch (error) {
      if (isRefusal(error)) loseFor('its message came after its time');
    }
  };
  // One request with an empty receipt would be refused with all others of its batch.
  if (message.receiptHandle === '') loseFor('its message came without a receipt');
  else await within(shortened(), HOLD_WITHIN_MS, { clock, stopping: time.stopping });
  const isHeld = () => !lost.signal.aborted && !time.isOver();
  return { ...message, signal: lost.signal, isHeld };
}
