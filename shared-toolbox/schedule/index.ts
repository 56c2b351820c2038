export { callTimes } from './callTimes.ts';
export { connectFleet, type ConnectOptions } from './connectFleet.ts';
export {
  createScheduler,
  type Scheduler,
  type SchedulerOptions,
  type Scheduling,
} from './createScheduler.ts';
export { createPublisher, type Publisher, type PublisherOptions } from './createPublisher.ts';
export { awaitEnd, type AwaitEndOptions } from './awaitEnd.ts';
export { awaitResult } from './awaitResult.ts';
