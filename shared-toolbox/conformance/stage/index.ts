export { type Check, type Finding, isFinding, kept, SEVERITIES, type Severity } from './check.ts';
export { observeQueue, type QueueAddresses } from './observe/queue.ts';
export { observeStage, type ObserveOptions, type StageSeen } from './observe/stage.ts';
export type { Place } from './place.ts';
export { type Depth, depthOf } from './rules/queues.ts';
export { checkStage, PLATFORM, type StageToCheck } from './rules/stage.ts';
export type { Seen } from './seen.ts';
