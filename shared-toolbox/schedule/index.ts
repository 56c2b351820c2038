export { createScheduler, type Scheduler, type SchedulerOptions } from './createScheduler.ts';
export { awaitEnd, type AwaitEndOptions } from './awaitEnd.ts';
export { awaitResult } from './awaitResult.ts';
