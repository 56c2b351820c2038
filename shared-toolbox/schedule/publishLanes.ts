import { Coalescer, type Sent } from '../aws/index.ts';
import { type Outgoing, sizeBytesOf } from './outgoing.ts';
import { BYTES_PER_PUBLISH, MESSAGES_PER_PUBLISH } from './publishMessages.ts';

/**
 * Calls made in the same moment share a request; two messages of a group are never under way in two requests at once, so that a
 * group's order is the order of the calls.
 */
export function publishLanes<Entry extends Outgoing>(
  send: (entries: readonly Entry[]) => Promise<readonly Sent<void>[]>,
): Coalescer<Entry, void> {
  return new Coalescer<Entry, void>({
    maxEntries: MESSAGES_PER_PUBLISH,
    maxBytes: BYTES_PER_PUBLISH,
    sizeOf: sizeBytesOf,
    laneOf: ({ groupId }) => groupId,
    send,
  });
}
