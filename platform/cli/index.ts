export type { CliDeps, Output, Signals } from './deps.ts';
export { EXIT, type ExitCode } from './exitCode.ts';
export { findFleet, type FindOptions, LOCAL_FLEET_FILE, type LocalFleet } from './findFleet.ts';
export { type FleetAccess, openFleet } from './openFleet.ts';
export { runCli } from './program.ts';
