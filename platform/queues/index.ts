export { type QueueView, readQueues, type ReadQueuesOptions } from './readQueues.ts';
