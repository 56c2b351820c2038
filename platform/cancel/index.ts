export { cancelFamily, cancelFlow } from './cancelFamily.ts';
export { type Cancelled, cancelTask, type CancelOptions } from './cancelTask.ts';
export { type Purged, purgeQueue, type PurgeOptions, type PurgeRequest } from './purgeQueue.ts';
