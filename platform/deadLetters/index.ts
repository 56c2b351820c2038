export {
  createDeadLetters,
  type DeadLetterDetail,
  type DeadLetterPage,
  type DeadLetters,
  type DeadLettersOptions,
  type RedriveOptions,
} from './createDeadLetters.ts';
export type { DeadLetter } from './letterView.ts';
export { LARGEST_PAGE, type LettersRequest } from './listLetters.ts';
export type { Redriven } from './redriveAll.ts';
export {
  type QueuePair,
  queuesOf,
  queuesSettings,
  type ServiceQueues,
  serviceQueues,
  serviceQueuesOf,
} from './serviceQueues.ts';
export { type RunningWatcher, startWatcher, type StartWatcherOptions } from './startWatcher.ts';
