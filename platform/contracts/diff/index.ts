export { type Change, VERDICTS, type Verdict } from './change.ts';
export { compareContracts } from './compareContracts.ts';
export {
  fleetDescription,
  type FleetDescription,
  OPAQUE,
  type Options,
  type TaskDescription,
  type WorkerDescription,
} from './description.ts';
