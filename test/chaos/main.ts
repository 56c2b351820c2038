/** `npm run chaos`: the fleet under faults or terminations, and what became of its promises. See docs/chaos.md. */
import { chordDisturbance } from './chord/chordDisturbance.ts';
import type { Disturbance } from './disturbance.ts';
import { FOUND_SEEDS } from './foundSeeds.ts';
import { type ChaosOptions, HELP, readOptions } from './options.ts';
import { faultDisturbance } from './plan/faultDisturbance.ts';
import { runLab } from './runLab.ts';
import { terminationDisturbance } from './terminate/terminationDisturbance.ts';
import { describeVerdict, figuresOf } from './verdict.ts';

/** What ends may take where a lab has the machine to itself: leases and pauses, the platform's half minute, and a group's tasks one after the other. */
const QUIET_WITHIN_MS = 120_000;

const options = readOptions(process.argv.slice(2));
if ('problem' in options) {
  process.stderr.write(`${options.problem}; see --help\n`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
if (options.help) process.stdout.write(HELP);
else process.exit(options.found ? await chaosOfFound(options) : await chaos(options));

/** All at the same time. */
async function chaosOfFound(options: ChaosOptions): Promise<number> {
  const sharing = FOUND_SEEDS.length;
  const codes = FOUND_SEEDS.map(async (found) => chaos({ ...options, ...found }, sharing));
  return Math.max(...(await Promise.all(codes)));
}

/** `sharing` counts the labs that have the machine together: each then has so much less of it, and gets more time to end. */
async function chaos(options: ChaosOptions, sharing = 1): Promise<number> {
  const { seed, json, keep } = options;
  const prefix = options.found ? `${seed}  ` : '';
  const startedAt = performance.now();
  const say = (line: string) => {
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6);
    if (!json) process.stdout.write(`${prefix}${seconds}  ${line}\n`);
  };
  const { disturbance, ...wanted } = disturbanceOf(options);
  const quietWithinMs = QUIET_WITHIN_MS * sharing;
  const run = await runLab({ seed, disturbance, quietWithinMs, say, keep });
  if (json) {
    const { violations, facts, folder } = run;
    const figures = { ...figuresOf(facts), ...disturbance.figures(facts) };
    const whole = { seed, ...wanted, violations, figures, plan: disturbance.plan, folder };
    process.stdout.write(`${JSON.stringify(whole, undefined, 2)}\n`);
  } else process.stdout.write(`${describeVerdict(seed, run)}\n`);
  return run.violations.length === 0 ? 0 : 1;
}

/** With what of the options it follows from. */
function disturbanceOf({ seed, minutes, terminations, chord }: ChaosOptions): {
  readonly disturbance: Disturbance;
  readonly [wanted: string]: unknown;
} {
  if (terminations !== undefined) {
    return { terminations, disturbance: terminationDisturbance({ seed, count: terminations }) };
  }
  if (chord !== undefined) {
    return { chord, disturbance: chordDisturbance({ seed, members: chord }) };
  }
  return { minutes, disturbance: faultDisturbance({ seed, durationMs: minutes * 60_000 }) };
}
