export { type Cancelled, cancelTask, type CancelOptions } from './cancelTask.ts';
