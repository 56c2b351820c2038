export { drainPeriodic } from './drainPeriodic.ts';
export { FIRING_SHARD } from './entry.ts';
export { PeriodicTasks, type PeriodicTasksOptions } from './periodicTasks.ts';
export type { PeriodicView } from './periodicView.ts';
