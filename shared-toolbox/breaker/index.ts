export type { Availability } from './availability.ts';
export {
  type Breaker,
  type BreakerState,
  createBreaker,
  type CreateBreaker,
} from './createBreaker.ts';
export { BREAKER_DEFAULTS, type BreakerOptions } from './breakerOptions.ts';
export { BreakerOpenError } from './errors.ts';
export {
  type GuardedTable,
  guardTable,
  type GuardTableOptions,
  isTableOutage,
} from './guardTable.ts';
export { isOutage } from './isOutage.ts';
export { type OutageBoard, type SharedOutage, tableBoard } from './outageBoard.ts';
