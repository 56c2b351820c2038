export { type Consumer, type ConsumerOptions, startConsumer } from './consumer.ts';
export { LeaseLostError } from './errors.ts';
export type { HeldMessage } from './heldMessage.ts';
export { orAborted } from './orAborted.ts';
export { type QueueClient, sqsQueue } from './sqsQueue.ts';
export type { ReceivedMessage } from './receivedMessage.ts';
export type { Settlement } from './settlement.ts';
export { Silence } from './silence.ts';
export { startWatchdog, type Watchdog, type WatchdogOptions } from './startWatchdog.ts';
