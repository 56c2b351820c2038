/**
 * `npm run test:browser [name …]`: the dashboard in Chromium, on a fleet on emulators. `--screenshots` makes those of the documentation
 * instead. Skipped, with exit code 0, where Chromium neither is nor can be installed.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './findChromium.ts';

const SCREENSHOTS = '--screenshots';
const asked = process.argv.slice(2);
const unknown = asked.find((word) => word.startsWith('-') && word !== SCREENSHOTS);
if (unknown !== undefined) {
  process.stderr.write(`expected names of test files or ${SCREENSHOTS}, got ${unknown}\n`);
  process.exit(2);
}
const chromium = findChromium();
if (chromium === undefined) {
  process.stdout.write('skipped: Chromium is not on this machine; apt-get install chromium\n');
  process.exit(0);
}

const root = join(import.meta.dirname, '..', '..');
const names = asked.includes(SCREENSHOTS) ? ['screenshots'] : asked;
const config = asked.includes(SCREENSHOTS) ? 'screenshots' : 'vitest';
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    `--config=test/browser/${config}.config.ts`,
    ...names,
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, TASKFLEET_CHROMIUM: chromium } },
);
process.exit(status ?? 1);
