/**
 * `npm run bench:cost`: what a task, and a minute without tasks, ask of AWS on the real runtime. `-- --write` keeps the figures where
 * `taskfleet cost` reads them.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { measureIdle } from './measureIdle.ts';
import { measuredFleet, measureTasks } from './measureTasks.ts';
import { startEmulators } from './startEmulators.ts';

const FILE = fileURLToPath(new URL('../../platform/cost/measured.json', import.meta.url));

/** Less than what a record has room for within its first KB. */
const PAYLOAD_BYTES = 32;

const args = process.argv.slice(2);
if (args.some((arg) => arg !== '--write')) {
  process.stderr.write(`expected nothing or --write, got "${args.join(' ')}"\n`);
  process.exitCode = 2;
} else await bench(args.includes('--write'));

async function bench(keep: boolean): Promise<void> {
  const emulators = await startEmulators(measuredFleet);
  try {
    const { stack } = emulators;
    const of = async (how: 'alone' | 'together', tasks: number) =>
      measureTasks({ stack, how, tasks, payloadBytes: PAYLOAD_BYTES });
    const { bytes, ...alone } = await of('alone', 50);
    const { bytes: _, ...together } = await of('together', 2_000);
    const idleMinute = await measureIdle(stack);
    const measuredOn = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
    const figures = { measuredOn, task: { bytes, alone, together }, idleMinute };
    const text = `${JSON.stringify(figures, undefined, 2)}\n`;
    if (keep) writeFileSync(FILE, text);
    if (keep) await showOnPage();
    process.stdout.write(text);
  } finally {
    await emulators.stop();
  }
}

/** In a process of its own: this one has the figures of before. */
async function showOnPage(): Promise<void> {
  const program =
    "const { COST_PAGE, costPage } = await import('./test/cost/costPage.ts');" +
    "const { readFileSync, writeFileSync } = await import('node:fs');" +
    "writeFileSync(COST_PAGE, await costPage(readFileSync(COST_PAGE, 'utf8')));";
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
}
