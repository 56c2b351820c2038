/**
 * `npm run test:guide`: types what docs/guide.md says into a copy of this repository, and makes ten workers with random names in another one,
 * checks them, and takes them away again.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const unknown = process.argv.slice(2).find((word) => word.startsWith('-'));
if (unknown !== undefined) {
  process.stderr.write(`expected names of scripts, such as "guide", or nothing, got ${unknown}\n`);
  process.exit(2);
}
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const args = [vitest, 'run', '--config=test/guide/vitest.config.ts', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
