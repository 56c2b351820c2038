export type { Distribution, Figures } from './figures.ts';
export {
  readStatistics,
  type Statistics,
  type StatisticsPoint,
  type StatisticsQuery,
  type TaskStatistics,
} from './readStatistics.ts';
export { LONGEST_WINDOW_MS, stepFor } from './stepFor.ts';
