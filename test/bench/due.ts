/** `npm run bench:due`: tasks that come due in a minute, evenly, and how late each is on the topic; tracker and dispatcher run. */
import { parseArgs } from 'node:util';
import { dueRun } from './dueRun.ts';
import { quantile } from './quantile.ts';
import { startEmulators } from './startEmulators.ts';

const HELP = `Measures how late deferred tasks are on the topic, on the emulators of this machine.

Usage: npm run bench:due [-- options]

  --tasks N      tasks in all (default 10000, at most 50000)
  --seconds N    over which they come due, evenly (default 60, at most 600)
  --json         one JSON document instead of a table

Example: npm run bench:due -- --tasks 1000 --seconds 6
`;

const options = readOptions(process.argv.slice(2));
if (!options) {
  const got = process.argv.slice(2).join(' ');
  const expected = '--tasks from 1 to 50000, --seconds from 1 to 600, --json';
  process.stderr.write(`expected ${expected}, got "${got}"; see npm run bench:due -- --help\n`);
  process.exitCode = 2;
} else if (options.help) process.stdout.write(HELP);
else await bench(options);

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        tasks: { type: 'string', default: '10000' },
        seconds: { type: 'string', default: '60' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [tasks, seconds] = [Number(values.tasks), Number(values.seconds)];
    return inRange(tasks, 50_000) && inRange(seconds, 600)
      ? { ...values, tasks, seconds }
      : undefined;
  } catch {
    return undefined;
  }
}

function inRange(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

interface BenchOptions {
  readonly tasks: number;
  readonly seconds: number;
  readonly json: boolean;
}

async function bench({ tasks, seconds, json }: BenchOptions): Promise<void> {
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
