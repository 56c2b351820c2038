import type { ReceivedMessage } from './receivedMessage.ts';

/** What settling a message needs of its queue. Rejections carry the queue's error code as their name. */
export interface SettlingQueue {
  delete(message: ReceivedMessage): Promise<void>;
  /** Hides the message for so many seconds from now on; 0 makes it visible at once. */
  changeVisibility(message: ReceivedMessage, seconds: number): Promise<void>;
  /** Puts the message into the dead-letter queue with a reason, and deletes it here. */
  deadLetter(message: ReceivedMessage, reason: string): Promise<void>;
}
