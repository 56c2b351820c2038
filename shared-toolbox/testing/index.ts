export type { AttemptEnd, AttemptProgress } from './attemptEnd.ts';
export { NoResultError, NotSucceededError } from './errors.ts';
export { type ManualClock, manualClock } from './manualClock.ts';
export type { StoredFile } from './memoryArtifacts.ts';
export { type LoggedLine, type MemoryLog, memoryLog } from './memoryLog.ts';
export type { Results, StartedFlow } from './recordedScheduling.ts';
export type { AttemptOptions } from './attemptOptions.ts';
export { runAttempt, type RunningAttempt } from './runAttempt.ts';
