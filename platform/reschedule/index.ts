export { type RescheduleOptions, rescheduleTask } from './rescheduleTask.ts';
