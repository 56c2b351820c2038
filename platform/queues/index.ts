export { createQueueSampler, type QueueSamplerOptions } from './createQueueSampler.ts';
export {
  type DepthPoint,
  type QueueHistory,
  type QueueHistoryQuery,
  readQueueHistory,
  type ServiceHistory,
} from './readQueueHistory.ts';
export { type QueueView, readQueues, type ReadQueuesOptions } from './readQueues.ts';
