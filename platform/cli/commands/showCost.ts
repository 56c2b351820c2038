import {
  type Duration,
  nearestName,
  toMilliseconds,
  type Worker,
} from '@taskfleet/toolbox/contract';
import { type Demand, estimate, PRICES_SEEN_ON, type Region, SOURCES } from '../../cost/index.ts';
import { UnknownServiceError } from '../../errors.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { readRate, readSize } from '../readQuantity.ts';
import { renderCost } from '../render/renderCost.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface CostArgs {
  readonly rate: string;
  readonly duration: string;
  readonly payload: string;
  readonly worker?: string;
  readonly region: Region;
  readonly json?: boolean;
}

/** Reads the contracts and measured figures: works without a running fleet. */
export function showCost(deps: CliDeps, args: CostArgs): ExitCode {
  const { region, json } = args;
  const demand = demandOf(deps, args);
  const costs = {
    alone: estimate({ ...demand, batching: 'alone' }, region),
    together: estimate({ ...demand, batching: 'together' }, region),
  };
  const { tasksPerSecond, durationMs, payloadBytes } = demand;
  const asked = { region, tasksPerSecond, durationMs, payloadBytes };
  if (json) {
    const prices = { seenOn: PRICES_SEEN_ON, sources: SOURCES };
    writeJson(deps.stdout, { ...asked, prices, ...costs });
  } else writeLine(deps.stdout, renderCost(deps.stdout, asked, costs));
  return EXIT.ok;
}

function demandOf({ fleet }: CliDeps, args: CostArgs): Omit<Demand, 'batching'> {
  return {
    fleet,
    tasksPerSecond: readRate(args.rate),
    loaded: workersOf(fleet.workers, args.worker),
    // The text may be anything: toMilliseconds throws for what is no duration.
    durationMs: toMilliseconds(args.duration as Duration),
    payloadBytes: readSize(args.payload),
  };
}

function workersOf(workers: readonly Worker[], name: string | undefined): readonly Worker[] {
  if (name === undefined) return workers;
  const found = workers.filter((worker) => worker.name === name);
  if (found.length > 0) return found;
  const known = workers.map((worker) => worker.name);
  throw new UnknownServiceError(name, nearestName(name, known), known);
}
