import type { ReceivedMessage } from './receivedMessage.ts';

/** A message that this process holds the lease of. */
export interface HeldMessage extends ReceivedMessage {
  /** Aborts with a LeaseLostError before anybody else can receive the message. */
  readonly signal: AbortSignal;
  /**
   * Whether the lease can be relied on now; if not, the signal is aborted as well, or the holder's own end has come. Ask before work
   * begins: a process that stood still comes to its answers before it comes to the timers that would have aborted the signal.
   */
  readonly isHeld: () => boolean;
}
