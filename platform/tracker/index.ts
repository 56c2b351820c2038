export {
  type RunningTracker,
  startTracker,
  type StartTrackerOptions,
  type TrackerResources,
} from './startTracker.ts';
