import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const INSTALL_WITHIN_MS = 300_000;

/** Where the browser's program is, which Debian's package brings where one may install it; undefined when there is none. */
export function findChromium(): string | undefined {
  return process.env['TASKFLEET_CHROMIUM'] ?? installed() ?? (install() ? installed() : undefined);
}

function installed(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(existsSync);
}

function install(): boolean {
  if (process.getuid?.() !== 0) return false;
  return [
    ['update', '--quiet'],
    ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
  ].every((args) => spawnSync('apt-get', args, { timeout: INSTALL_WITHIN_MS }).status === 0);
}
