import { type Duration, findTask, toMilliseconds } from '@taskfleet/toolbox/contract';
import { StatisticsRequestError } from '../../errors.ts';
import { LONGEST_WINDOW_MS, stepFor } from '../../statistics/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { renderStatistics } from '../render/renderStatistics.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface StatsArgs {
  readonly task?: string;
  readonly since: string;
  readonly json?: boolean;
}

export async function showStatistics(deps: CliDeps, args: StatsArgs): Promise<ExitCode> {
  const { fleet, clock, stdout } = deps;
  const { task, since, json } = args;
  if (task !== undefined) findTask(fleet, task);
  const windowMs = windowOf(since);
  const access = await deps.openFleet();
  const to = clock.now();
  const asked = { from: to - windowMs, to, stepMs: stepFor(windowMs), task };
  const statistics = await access.statistics(fleet, asked);
  if (json) writeJson(stdout, statistics);
  else writeLine(stdout, renderStatistics(stdout, statistics, { since, now: to }));
  return EXIT.ok;
}

const SHORTEST_MS = 60_000;

function windowOf(since: string): number {
  // The text may be anything: toMilliseconds throws for what is no duration.
  const windowMs = toMilliseconds(since as Duration);
  if (windowMs >= SHORTEST_MS && windowMs <= LONGEST_WINDOW_MS) return windowMs;
  throw new StatisticsRequestError(`--since: expected from 1m to 90d, got "${since}"`);
}
