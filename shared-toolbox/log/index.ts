export { createLog, type Log, type LogLevel } from './createLog.ts';
export type { LogEvents } from './logEvents.ts';
