export { guardPlatformTable, type GuardPlatformTableOptions } from '../guardPlatformTable.ts';
export { keepPublished, type KeepPublishedOptions } from './keepPublished.ts';
export {
  type RunningTracker,
  startTracker,
  type StartTrackerOptions,
  type TrackerQueues,
} from './startTracker.ts';
