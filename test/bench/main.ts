/**
 * `npm run bench -- --tasks 1000`: the fleet beside a hand-written loop of the same AWS calls, on the same emulators, in
 * the same run, in turns. Figures of one machine at one moment: compare the ratio, not the seconds.
 */
import { parseArgs } from 'node:util';
import { floorRun } from './floorRun.ts';
import { fleetRun, type Run } from './fleetRun.ts';
import { median } from './quantile.ts';
import { printReport } from './report.ts';
import { startEmulators } from './startEmulators.ts';

const HELP = `Measures the fleet against a hand-written loop of the same AWS calls on the same emulators.

Usage: npm run bench [-- options]

  --tasks N    tasks in each run (default 500, at most 20000)
  --rounds N   runs of each kind, in turns (default 3)
  --json       one JSON document instead of a table

Example: npm run bench -- --tasks 2000 --rounds 5
`;

const options = readOptions(process.argv.slice(2));
if (!options) {
  const got = process.argv.slice(2).join(' ');
  const expected = '--tasks from 1 to 20000, --rounds from 1 to 20, --json';
  process.stderr.write(`expected ${expected}, got "${got}"; see npm run bench -- --help\n`);
  process.exitCode = 2;
} else if (options.help) process.stdout.write(HELP);
else process.exitCode = await bench(options);

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        tasks: { type: 'string', default: '500' },
        rounds: { type: 'string', default: '3' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [tasks, rounds] = [Number(values.tasks), Number(values.rounds)];
    return inRange(tasks, 20_000) && inRange(rounds, 20) ? { ...values, tasks, rounds } : undefined;
  } catch {
    return undefined;
  }
}

interface BenchOptions {
  readonly tasks: number;
  readonly rounds: number;
  readonly json: boolean;
}

async function bench({ tasks, rounds, json }: BenchOptions): Promise<number> {
  const emulators = await startEmulators();
  try {
    const floors: Run[] = [];
    const fleets: Run[] = [];
    // The first of each is for warming up.
    await floorRun(emulators.stack, tasks);
    await fleetRun(emulators.stack, tasks);
    for (let round = 0; round < rounds; round += 1) {
      floors.push(await floorRun(emulators.stack, tasks));
      fleets.push(await fleetRun(emulators.stack, tasks));
    }
    const ratio = median(fleets.map(({ seconds }, i) => (floors[i]?.seconds ?? NaN) / seconds));
    printReport({ tasks, rounds, floors, fleets, ratio }, json);
    return 0;
  } finally {
    await emulators.stop();
  }
}

function inRange(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}
