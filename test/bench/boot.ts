/** `npm run bench:boot`: what it takes to boot a fleet for tests, to run a task on it, and to stop it. */
import { readCounts } from './readCounts.ts';

const HELP = `Measures how long fleetForTests takes to boot a fleet of two workers in one process.

Usage: npm run bench:boot [-- options]

  --fleets N     fleets, one after the other (default 5, at most 100)
  --json         one JSON document instead of a table

Example: npm run bench:boot -- --fleets 20
`;

const options = readCounts({
  command: 'npm run bench:boot',
  help: HELP,
  counts: { fleets: { standard: 5, least: 1, most: 100 } },
});
if (options) await bench(options.fleets, options.json);

async function bench(fleets: number, json: boolean): Promise<void> {
  const loading = performance.now();
  const { fleetForTests } = await import('@taskfleet/testing');
  const { add, relayImplementation, sumImplementation } = await import('../fixtures/sumFleet.ts');
  const loadMs = performance.now() - loading;
  const rows: { bootMs: number; taskMs: number; stopMs: number }[] = [];
  for (let i = 0; i < fleets; i += 1) {
    const startedAt = performance.now();
    const fleet = await fleetForTests({ workers: [sumImplementation, relayImplementation] });
    const bootedAt = performance.now();
    await fleet.schedule(add, { a: 1, b: 2 });
    await fleet.spy.succeeded(add);
    const ranAt = performance.now();
    await fleet.stop();
    rows.push({
      bootMs: bootedAt - startedAt,
      taskMs: ranAt - bootedAt,
      stopMs: performance.now() - ranAt,
    });
  }
  const cell = (ms: number) => ms.toFixed(0).padStart(10);
  const lines = rows.map(({ bootMs, taskMs, stopMs }, i) =>
    [`fleet ${i + 1}`.padEnd(10), cell(bootMs), cell(taskMs), cell(stopMs)].join(''),
  );
  const text = json
    ? JSON.stringify({ loadMs, fleets: rows })
    : [
        `loading the code took ${loadMs.toFixed(0)} ms; then, in ms:`,
        '',
        `${''.padEnd(10)}${['boot', 'a task', 'stop'].map((name) => name.padStart(10)).join('')}`,
        ...lines,
      ].join('\n');
  process.stdout.write(`${text}\n`);
}
