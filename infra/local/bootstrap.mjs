/**
 * Runs a program of this repository on the Node that the lockfile pins, installing first what is missing: the reason why
 * `npm start` and `npm test` work as the first command of a fresh clone. Plain JavaScript, because the machine's own Node
 * may be 20, which reads no TypeScript.
 *
 *   node infra/local/bootstrap.mjs <program.ts> [arguments]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..');
const OLDEST_USABLE = 24;

if (!isInstalled()) install();
run(findNode(), process.argv.slice(2));

/** Whether npm's own list of what it installed agrees with the lockfile. Optional packages depend on the platform. */
function isInstalled() {
  const installed = packagesOf(join('node_modules', '.package-lock.json'));
  const wanted = packagesOf('package-lock.json');
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' ||
      optional ||
      (link ? existsSync(join(root, path)) : !path.startsWith('node_modules')) ||
      installed[path]?.version === version,
  );
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install() {
  process.stderr.write('Installing what the lockfile lists, once (about 200 packages) …\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund'];
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: true });
  if (status !== 0) fail('npm ci failed: the lines above say why; run it again by hand for more');
}

/** The pinned Node where the package exists for this platform, else the machine's own if it is new enough. */
function findNode() {
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = join(root, 'node_modules', 'node', 'bin', binary);
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_USABLE) return process.execPath;
  return fail(
    `expected Node ${OLDEST_USABLE}: the pinned one cannot run on ${process.platform}-${process.arch}, and this is ` +
      `Node ${process.versions.node}; install Node ${OLDEST_USABLE} or newer and try again`,
  );
}

/** Passes signals on, and the program's exit code back. The channel tells the program when this process is killed. */
function run(node, args) {
  const program = spawn(node, args, { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => program.kill(signal));
  program.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
  program.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
