import type { Log } from '../log/index.ts';
import type { HeldMessage } from './heldMessage.ts';
import type { Settlement } from './settlement.ts';
import type { SettlingQueue } from './settlingQueue.ts';

export interface SettleOptions {
  readonly queue: SettlingQueue;
  readonly log: Log;
}

/**
 * Does what was decided; resolves to whether it was done. Never rejects: a settlement that failed leaves the message to its
 * visibility timeout, and the record says on redelivery what has already been done.
 */
export async function settleMessage(
  { queue, log }: SettleOptions,
  message: HeldMessage,
  settlement: Settlement,
): Promise<boolean> {
  // A lost lease means that the message may be somebody else's by now.
  if (message.signal.aborted) return false;
  try {
    await settle(queue, message, settlement);
    return true;
  } catch (error) {
    log.event('settle.failed', { error: String(error) });
    return false;
  }
}

async function settle(
  queue: SettlingQueue,
  message: HeldMessage,
  settlement: Settlement,
): Promise<void> {
  switch (settlement.kind) {
    case 'delete':
      return queue.delete(message);
    case 'hide':
      return queue.changeVisibility(message, settlement.seconds);
    case 'return':
      return queue.changeVisibility(message, 0);
    case 'deadLetter':
      return queue.deadLetter(message, settlement.reason);
    case 'leave':
      return undefined;
  }
}
