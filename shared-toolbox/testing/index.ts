export { type ManualClock, manualClock } from './manualClock.ts';
export { type LoggedLine, type MemoryLog, memoryLog } from './memoryLog.ts';
