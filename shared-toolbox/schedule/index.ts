export { connectFleet, type ConnectOptions } from './connectFleet.ts';
export { createScheduler, type Scheduler, type SchedulerOptions } from './createScheduler.ts';
export { createPublisher, type Publisher, type PublisherOptions } from './createPublisher.ts';
export { awaitEnd, type AwaitEndOptions } from './awaitEnd.ts';
export { awaitResult } from './awaitResult.ts';
export type { Origin } from './buildMessage.ts';
export { type SchedulePort, type Prepared, scheduleVia } from './scheduleVia.ts';
