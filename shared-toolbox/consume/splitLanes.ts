import type { ReceivedMessage } from './receivedMessage.ts';

/** Splits a batch into lanes, each in the order received. A batch may hold several messages of several groups. */
export function splitLanes<M extends Pick<ReceivedMessage, 'groupId'>>(
  messages: readonly M[],
  laneOf: (message: M) => string = ({ groupId }) => groupId,
): M[][] {
  return [...Map.groupBy(messages, laneOf).values()];
}
