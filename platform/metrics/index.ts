export { createMetrics, type Metrics, type MetricsOptions } from './createMetrics.ts';
export { FAMILIES } from './families.ts';
export { type AnsweredRequest, createOwnMetrics, type OwnMetrics } from './ownMetrics.ts';
