/** `npm run bench:outage`: topic and queues away for a minute while 500 tasks are scheduled, with and without `durable`. */
import { parseArgs } from 'node:util';
import { countingFleet } from '../fixtures/countingFleet.ts';
import { OUTAGE_KINDS, type OutageFigures, outageRun } from './outageRun.ts';
import { quantile } from './quantile.ts';
import { startEmulators } from './startEmulators.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const seconds = Number(values.seconds);
if (!(seconds >= 1 && seconds <= 600)) {
  process.stderr.write(`--seconds: expected 1 to 600, got ${values.seconds}\n`);
  process.exit(2);
}

for (const how of OUTAGE_KINDS) {
  const emulators = await startEmulators(countingFleet);
  try {
    const figures = await outageRun({ stack: emulators.stack, seconds, schedules: 500, how });
    process.stdout.write(`${describe(how, figures)}\n`);
  } finally {
    await emulators.stop();
  }
}

function describe(how: string, figures: OutageFigures): string {
  const { refusedMs, acceptedMs, surprises, drainedMs, runs, deadLetters } = figures;
  const twice = runs.filter((times) => times !== 1).length;
  return [
    `topic and queues away for ${seconds} s, each request ${how === 'hangs' ? 'hangs' : 'is refused'}:`,
    `  refused   ${refusedMs.length} of 500 without durable; ${times(refusedMs)}`,
    `  accepted  ${acceptedMs.length} of 500 durable; ${times(acceptedMs)}`,
    `  after it  all had run after ${(drainedMs / 1_000).toFixed(1)} s; ${twice} did not run exactly once`,
    `  dead letters ${deadLetters}, surprises ${surprises.length}${surprises[0] ? `: ${surprises[0]}` : ''}`,
  ].join('\n');
}

function times(ms: readonly number[]): string {
  const [p50, p99, most] = [0.5, 0.99, 1].map((q) => quantile(ms, q).toFixed(0));
  return `after ${p50} ms (median), ${p99} ms (p99), ${most} ms (longest)`;
}
