export type { CliDeps, Output, Signals } from './deps.ts';
export { EXIT, type ExitCode } from './exitCode.ts';
export { findFleet, type FindOptions } from './findFleet.ts';
export { isAlive } from './isAlive.ts';
export { homeSettings } from './homeSettings.ts';
export { HOME_FOLDER, LOCAL_FLEET_FILE, type LocalFleet, parseLocalFleet } from './localFleet.ts';
export { runCli } from './program.ts';
export { progressLine } from './render/progressBar.ts';
