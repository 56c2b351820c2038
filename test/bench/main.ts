/**
 * `npm run bench -- --tasks 1000`: the fleet beside a hand-written loop of the same AWS calls, on the same emulators, in
 * the same run, in turns. Figures of one machine at one moment: compare the ratio, not the seconds.
 */
import { floorRun } from './floorRun.ts';
import { fleetRun, type Run } from './fleetRun.ts';
import { median } from './quantile.ts';
import { type Counts, readCounts } from './readCounts.ts';
import { printReport } from './report.ts';
import { startEmulators } from './startEmulators.ts';

const HELP = `Measures the fleet against a hand-written loop of the same AWS calls on the same emulators.

Usage: npm run bench [-- options]

  --tasks N    tasks in each run (default 500, at most 20000)
  --rounds N   runs of each kind, in turns (default 3)
  --json       one JSON document instead of a table

Example: npm run bench -- --tasks 2000 --rounds 5
`;

const options = readCounts({
  command: 'npm run bench',
  help: HELP,
  counts: {
    tasks: { standard: 500, least: 1, most: 20_000 },
    rounds: { standard: 3, least: 1, most: 20 },
  },
});
if (options) process.exitCode = await bench(options);

async function bench({ tasks, rounds, json }: Counts<'tasks' | 'rounds'>): Promise<number> {
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
