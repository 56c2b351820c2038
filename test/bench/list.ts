/** `npm run bench:list`: how long the API takes to list and filter the tasks of a full table. */
import { parseArgs } from 'node:util';
import { type Asked, listRun } from './listRun.ts';
import { quantile } from './quantile.ts';
import { startEmulators } from './startEmulators.ts';

const HELP = `Fills the table with tasks that have ended, and measures what the API's lists of them take, on the emulators of this machine.

Usage: npm run bench:list [-- options]

  --tasks N     tasks in the table, from 1000 to 2000000 (default 1000000; some ten minutes to fill)
  --times N     each list so often, from 1 to 10000 (default 200)
  --json        one JSON document instead of a table

Example: npm run bench:list -- --tasks 10000
`;

const options = readOptions(process.argv.slice(2));
if (!options) {
  const got = process.argv.slice(2).join(' ');
  const expected = '--tasks from 1000 to 2000000, --times from 1 to 10000, --json';
  process.stderr.write(`expected ${expected}, got "${got}"; see npm run bench:list -- --help\n`);
  process.exitCode = 2;
} else if (options.help) process.stdout.write(HELP);
else await bench(options);

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        tasks: { type: 'string', default: '1000000' },
        times: { type: 'string', default: '200' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [tasks, times] = [Number(values.tasks), Number(values.times)];
    const fits = inRange(tasks, 1_000, 2_000_000) && inRange(times, 1, 10_000);
    return fits ? { ...values, tasks, times } : undefined;
  } catch {
    return undefined;
  }
}

function inRange(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

interface BenchOptions {
  readonly tasks: number;
  readonly times: number;
  readonly json: boolean;
}

async function bench({ tasks, times, json }: BenchOptions): Promise<void> {
  const emulators = await startEmulators();
  try {
    const asked = await listRun({ stack: emulators.stack, tasks, times, tell });
    const lists = asked.map(summary);
    process.stdout.write(json ? `${JSON.stringify({ tasks, times, lists })}\n` : table(lists));
  } finally {
    await emulators.stop();
  }
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

function summary({ list, found, ms }: Asked) {
  const [p50 = NaN, p95 = NaN, p99 = NaN] = [0.5, 0.95, 0.99].map((q) => quantile(ms, q));
  return { list, found, ms: { p50, p95, p99 } };
}

function table(lists: readonly ReturnType<typeof summary>[]): string {
  const heading = ['p50', 'p95', 'p99'].map((name) => name.padStart(8)).join('');
  const rows = lists.map(({ list, found, ms }) => {
    const times = [ms.p50, ms.p95, ms.p99].map((value) => value.toFixed(0).padStart(8)).join('');
    return `${list.padEnd(44)}${String(found).padStart(6)}${times}`;
  });
  return [
    `${'milliseconds; emulators of this machine'.padEnd(44)} found${heading}`,
    ...rows,
    '',
  ].join('\n');
}
