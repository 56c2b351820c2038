import { type Duration, toMilliseconds, ValidationError } from '@taskfleet/toolbox/contract';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { publicRecord } from '../render/publicRecord.ts';
import { writeJson, writeLine } from '../render/write.ts';
import { readFrame } from '../top/fleetFrame.ts';
import { liveTop } from '../top/liveTop.ts';
import { renderTop } from '../top/renderTop.ts';

export interface TopArgs {
  readonly every: string;
  readonly once?: boolean;
  readonly json?: boolean;
}

/** Shows the fleet: on a terminal again and again until somebody quits, otherwise once and in full. */
export async function topFleet(deps: CliDeps, { every, once, json }: TopArgs): Promise<ExitCode> {
  const { stdout, clock, fleet } = deps;
  const everyMs = intervalOf(every);
  const access = await deps.openFleet();
  const read = async () => readFrame(access, fleet, clock.now());
  const first = await read();
  if (json) {
    writeJson(stdout, { ...first, failures: first.failures.map(publicRecord) });
    return EXIT.ok;
  }
  if (stdout.isTTY && !once) {
    const outcome = await liveTop(deps, { first, read, everyMs });
    return outcome === 'interrupted' ? EXIT.interrupted : EXIT.ok;
  }
  const columns = stdout.isTTY ? stdout.columns || 80 : Infinity;
  const lines = renderTop(stdout, { frame: first, columns, rows: Infinity, note: '' });
  writeLine(stdout, lines.join('\n'));
  return EXIT.ok;
}

const SHORTEST_MS = 1_000;
const LONGEST_MS = 3_600_000;

function intervalOf(every: string): number {
  // The text may be anything: toMilliseconds throws for what is no duration.
  const everyMs = toMilliseconds(every as Duration);
  if (everyMs >= SHORTEST_MS && everyMs <= LONGEST_MS) return everyMs;
  const message = `expected from 1s to 1h, got "${every}"`;
  throw new ValidationError('options', [{ field: 'every', message }]);
}
