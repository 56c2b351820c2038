import type { ReceivedMessage } from './receivedMessage.ts';

/** Splits a batch by group, each group in the order received. A batch may hold several messages of several groups. */
export function groupLanes<M extends Pick<ReceivedMessage, 'groupId'>>(
  messages: readonly M[],
): M[][] {
  return [...Map.groupBy(messages, ({ groupId }) => groupId).values()];
}
