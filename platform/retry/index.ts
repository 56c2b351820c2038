export { type RetryGiven, retryTask, type RetryTaskOptions } from './retryTask.ts';
