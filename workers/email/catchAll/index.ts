export type { CaughtAttachment, CaughtMessage } from './caughtMessage.ts';
export type { Fault, FaultAnswer, FaultPoint, StandingFault } from './faults.ts';
export { type CatchAll, type CatchAllOptions, startCatchAll } from './startCatchAll.ts';
