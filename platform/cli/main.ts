import { userInfo } from 'node:os';
import { fleet } from '@taskfleet/fleet';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { CliDeps } from './deps.ts';
import { EXIT } from './exitCode.ts';
import { isAlive } from './isAlive.ts';
import { findAddress } from './findAddress.ts';
import { openBrowser } from './openBrowser.ts';
import { openNamedFleet } from './openNamedFleet.ts';
import { runCli } from './program.ts';
import { readSettingsHere } from './readSettingsHere.ts';

/** Whoever reads the output may stop early, as `head` does: then there is nobody left to write to. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

/** A container may run as an id that no account has. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}

const places = { environment: process.env, cwd: process.cwd(), isAlive };

const deps: CliDeps = {
  fleet,
  clock: systemClock,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signals: process,
  environment: process.env,
  openFleet: async (where = {}) =>
    openNamedFleet({ where, places, clock: systemClock, user: accountName() }),
  findAddress: async (where = {}) => findAddress(where, places),
  readSettings: async (reader, where = {}) => readSettingsHere({ reader, where, places, fleet }),
  openBrowser: async (page) =>
    openBrowser(page, { platform: process.platform, environment: process.env }),
};

try {
  process.exitCode = await runCli(deps, process.argv.slice(2));
} catch (error) {
  console.error(error);
  process.exitCode = EXIT.defect;
}
