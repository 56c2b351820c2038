/** `npm test`: format, lint, types, tests, in this order, each said with its time. Arguments go to vitest. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'taskfleet-check-'));
const report = join(scratch, 'vitest.json');

/** The tools' own shebang asks for "node": it is to be the one that runs this. Colours are for terminals. */
const environment = {
  ...process.env,
  PATH: `${join(process.execPath, '..')}${delimiter}${process.env['PATH']}`,
  // Every file of tests has a process that loads the same packages: they are compiled once.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
  ...(!process.stdout.isTTY && { NO_COLOR: '1' }),
};

const steps = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types', command: ['tsc', '--project', '.'] },
  // The browser's: other globals, and no process.
  { name: 'types of the dashboard', command: ['tsc', '--project', 'platform/dashboard/app'] },
  { name: 'types of the host', command: ['tsc', '--project', 'infra/local/host/browser'] },
  {
    name: 'tests',
    command: [
      'vitest',
      'run',
      '--config=test/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...process.argv.slice(2),
    ],
  },
];

const failed = steps.filter(({ name, command }) => !passes(name, command)).map(({ name }) => name);
printTotals();
rmSync(scratch, { recursive: true });
if (failed.length > 0) process.stdout.write(`failed: ${failed.join(', ')}\n`);
process.exit(failed.length > 0 ? 1 : 0);

function passes(name: string, [tool = '', ...args]: readonly string[]): boolean {
  const startedAt = performance.now();
  const { status } = spawnSync(join(root, 'node_modules', '.bin', tool), args, {
    cwd: root,
    stdio: 'inherit',
    env: environment,
    shell: process.platform === 'win32',
  });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  return status === 0;
}

function printTotals(): void {
  try {
    const totals = JSON.parse(readFileSync(report, 'utf8'));
    const { numPassedTests, numFailedTests, numPendingTests } = totals;
    process.stdout.write(
      `tests: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`,
    );
  } catch {
    process.stdout.write('tests: none were run\n');
  }
}
