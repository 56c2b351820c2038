/**
 * `npm run test:browser [name …]`: the dashboard in Chromium, on a fleet on emulators. `--screenshots` makes those of the documentation
 * instead. Skipped, with exit code 0, where Chromium neither is nor can be installed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { takeDemoScreenshots } from './demo/takeDemoScreenshots.ts';
import { findChromium } from './findChromium.ts';
import { takeScreenshots } from './takeScreenshots.ts';

const root = join(import.meta.dirname, '..', '..');
const asked = process.argv.slice(2);
const unknown = asked.find((word) => word.startsWith('-') && word !== '--screenshots');
if (unknown !== undefined) {
  process.stderr.write(`expected names of test files or --screenshots, got ${unknown}\n`);
  process.exit(2);
}
const chromium = findChromium();
if (chromium === undefined) {
  process.stdout.write('skipped: Chromium is not on this machine; apt-get install chromium\n');
  process.exit(0);
}
process.env['TASKFLEET_CHROMIUM'] = chromium;

if (asked.includes('--screenshots')) {
  const folder = join(root, 'docs', 'screenshots');
  await takeScreenshots(folder);
  await takeDemoScreenshots(folder);
  process.exit(0);
}
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const args = [vitest, 'run', '--config=test/browser/vitest.config.ts', ...asked];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
