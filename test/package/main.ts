/** `npm run test:package`: the toolbox packed, and a project outside this repository that builds, tests and runs with it. See docs/outside.md. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packToolbox } from '../../infra/package/packToolbox.ts';
import { checkEntries } from './checkEntries.ts';
import { layProject } from './layProject.ts';
import { missingForPackage } from './missingForPackage.ts';
import { projectShell } from './projectShell.ts';
import { runOutside } from './runOutside.ts';

const args = process.argv.slice(2);
if (args.some((arg) => arg !== '--required')) {
  process.stderr.write(`expected nothing or --required, got ${args.join(' ')}\n`);
  process.exit(2);
}
// Everything that was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(1));
}

/** Set by npm for what it runs. */
const npm = process.env['npm_execpath'];
const missing = await missingForPackage(npm);
if (npm === undefined || missing !== undefined) {
  process.stdout.write(`skipped: ${missing}\n`);
  process.exit(args.includes('--required') ? 1 : 0);
}

let saidAt = performance.now();
const scratch = mkdtempSync(join(tmpdir(), 'taskfleet-outside-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
try {
  await tryOutside(npm);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function tryOutside(npmPath: string): Promise<void> {
  const tarball = packToolbox({ out: scratch, npm: npmPath });
  say('packed', basename(tarball));
  const folder = join(scratch, 'project');
  mkdirSync(folder);
  await layProject(folder, tarball);
  const shell = projectShell({ folder, npm: npmPath });
  await shell.npm('ls', '--all');
  say('installed', 'a project outside the repository; npm finds every version that is asked for');
  await shell.npm('run', 'build');
  await shell.npm('test');
  say('built', 'and its own test passes');
  const entries = await checkEntries(folder, shell);
  say('loaded', `${entries} entry points, by import, require and three ways to find types`);
  const { id, output } = await runOutside(folder, npmPath);
  say('ran', `${id}: ${JSON.stringify(output)}`);
}

/** With the time since the line before. */
function say(what: string, of: string): void {
  const seconds = ((performance.now() - saidAt) / 1_000).toFixed(1);
  saidAt = performance.now();
  process.stdout.write(`${what.padEnd(10)} ${of} (${seconds} s)\n`);
}
