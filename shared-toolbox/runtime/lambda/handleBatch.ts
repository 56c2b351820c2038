import type { Clock } from '../../clock.ts';
import {
  type HeldMessage,
  orAborted,
  type ReceivedMessage,
  runLane,
  settleMessage,
  type Settlement,
  type SettlingQueue,
  Slots,
  splitLanes,
} from '../../consume/index.ts';
import type { Log } from '../../log/index.ts';
import { holdBatch } from './holdBatch.ts';
import type { InvocationTime } from './invocationTime.ts';

export interface BatchOptions {
  readonly queue: SettlingQueue;
  readonly time: InvocationTime;
  /** Messages handled at the same time. */
  readonly concurrency: number;
  /** Looks at one message and says what becomes of it. Must not reject. */
  readonly handle: (message: HeldMessage) => Promise<Settlement>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Log;
}

/**
 * Handles what one invocation was given: groups side by side, each in order. Resolves to the messages that will come back, and
 * that must not be deleted. They are settled by then: nothing of a group waits longer than its first message.
 */
export async function handleBatch<M extends ReceivedMessage>(
  options: BatchOptions,
  messages: readonly M[],
): Promise<M[]> {
  const { time, concurrency, handle } = options;
  const slots = new Slots(concurrency);
  const lane = {
    mayBegin: () => !time.isOver(),
    handle,
    settle: async (message: HeldMessage, settlement: Settlement) =>
      settleMessage(options, message, settlement),
  };
  const run = async (held: readonly (M & HeldMessage)[]) => {
    const turn = slots.take();
    // What has not begun when the time is over need not wait until what runs has ended.
    await orAborted(
      turn.then(() => undefined),
      time.stopping,
    );
    const back = await runLane(lane, held);
    void turn.then((free) => free());
    return back;
  };
  const held = await holdBatch(options, messages);
  return (await Promise.all(splitLanes(held).map(run))).flat();
}
