/** `npm run bench:due`: tasks that come due in a minute, evenly, and how late each is on the topic; tracker and dispatcher run. */
import { dueRun } from './dueRun.ts';
import { quantile } from './quantile.ts';
import { type Counts, readCounts } from './readCounts.ts';
import { startEmulators } from './startEmulators.ts';

const HELP = `Measures how late deferred tasks are on the topic, on the emulators of this machine.

Usage: npm run bench:due [-- options]

  --tasks N      tasks in all (default 10000, at most 50000)
  --seconds N    over which they come due, evenly (default 60, at most 600)
  --json         one JSON document instead of a table

Example: npm run bench:due -- --tasks 1000 --seconds 6
`;

const options = readCounts({
  command: 'npm run bench:due',
  help: HELP,
  counts: {
    tasks: { standard: 10_000, least: 1, most: 50_000 },
    seconds: { standard: 60, least: 1, most: 600 },
  },
});
if (options) await bench(options);

async function bench({ tasks, seconds, json }: Counts<'tasks' | 'seconds'>): Promise<void> {
  const emulators = await startEmulators();
  try {
    const lateMs = await dueRun({ stack: emulators.stack, tasks, seconds });
    const [p50 = NaN, p99 = NaN, max = NaN] = [0.5, 0.99, 1].map((q) => quantile(lateMs, q));
    const text = json
      ? JSON.stringify({ tasks, seconds, lateMs: { p50, p99, max } })
      : [
          `${tasks} tasks that come due within ${seconds} s; emulators of this machine, not AWS`,
          '',
          'published after it was due, ms       p50       p99       max',
          ''.padEnd(30) + [p50, p99, max].map((ms) => ms.toFixed(0).padStart(10)).join(''),
        ].join('\n');
    process.stdout.write(`${text}\n`);
  } finally {
    await emulators.stop();
  }
}
