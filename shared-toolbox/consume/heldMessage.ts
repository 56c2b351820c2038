import type { ReceivedMessage } from './receivedMessage.ts';

/** A message that this process holds the lease of. */
export interface HeldMessage extends ReceivedMessage {
  /** Aborts with a LeaseLostError before anybody else can receive the message. */
  readonly signal: AbortSignal;
}
