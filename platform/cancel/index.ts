export { cancelFamily, cancelFlow } from './cancelFamily.ts';
export { type Cancelled, cancelTask, type CancelOptions } from './cancelTask.ts';
