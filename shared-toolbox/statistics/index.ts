export { fromAttribute, PLATFORM_WRITER } from './attribute.ts';
export { bucketLimits } from './buckets.ts';
export {
  addCounts,
  bucketCounter,
  type Counter,
  COUNTERS,
  type Counts,
  type Time,
  TIMES,
} from './counters.ts';
export { type Grain, GRAINS, periodOf, periodStart } from './grains.ts';
export { percentileMs, timesCounted } from './percentile.ts';
export { Statistics } from './statistics.ts';
