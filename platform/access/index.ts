export type { FleetAccess } from './fleetAccess.ts';
export { type AccessOptions, accessTo, openFleet } from './openFleet.ts';
