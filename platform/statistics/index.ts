export type { Counted } from './counted.ts';
export { countMinutes, type Minutes } from './countMinutes.ts';
export { type Distribution, ENDS, type Figures } from './figures.ts';
export { periodsOf, readCounted, type ReadStatisticsOptions, writersOf } from './readCounted.ts';
export {
  readStatistics,
  type Statistics,
  type StatisticsPoint,
  type StatisticsQuery,
  type TaskStatistics,
} from './readStatistics.ts';
export { LONGEST_WINDOW_MS, stepFor } from './stepFor.ts';
export { type Steps, type StepsQuery, stepsOf } from './steps.ts';
