export { createScheduler, type Scheduler, type SchedulerOptions } from './createScheduler.ts';
export { awaitResult } from './awaitResult.ts';
