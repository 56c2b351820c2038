export { guardPlatformTable, type GuardPlatformTableOptions } from '../guardPlatformTable.ts';
export {
  type RunningTracker,
  startTracker,
  type StartTrackerOptions,
  type TrackerQueues,
} from './startTracker.ts';
