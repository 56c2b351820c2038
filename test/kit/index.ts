export { fleetForTests } from './fleetForTests.ts';
export type { FleetForTestsOptions, TestFleet } from './testFleet.ts';
export { type Await, type SeenTask, type Spy, type SpyOptions, type Which } from './spy/spy.ts';
export type { Faults, Undo } from './faults/faults.ts';
export { FleetStoppedError, NotInFleetError, NotSeenError, UnknownWorkerError } from './errors.ts';
export type { Travel, TravelOptions } from './travel/travel.ts';
