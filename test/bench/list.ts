/** `npm run bench:list`: how long the API takes to list and filter the tasks of a full table. */
import { type Asked, listRun } from './listRun.ts';
import { quantile } from './quantile.ts';
import { type Counts, readCounts } from './readCounts.ts';
import { startEmulators } from './startEmulators.ts';

const HELP = `Fills the table with tasks that have ended, and measures what the API's lists of them take, on the emulators of this machine.

Usage: npm run bench:list [-- options]

  --tasks N     tasks in the table, from 1000 to 2000000 (default 1000000; some ten minutes to fill)
  --times N     each list so often, from 1 to 10000 (default 200)
  --json        one JSON document instead of a table

Example: npm run bench:list -- --tasks 10000
`;

const options = readCounts({
  command: 'npm run bench:list',
  help: HELP,
  counts: {
    tasks: { standard: 1_000_000, least: 1_000, most: 2_000_000 },
    times: { standard: 200, least: 1, most: 10_000 },
  },
});
if (options) await bench(options);

async function bench({ tasks, times, json }: Counts<'tasks' | 'times'>): Promise<void> {
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
