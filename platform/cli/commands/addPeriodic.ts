import {
  type Duration,
  findTask,
  type MissedPolicy,
  periodic,
  type PeriodicOptions,
  type AnyTask,
} from '@taskfleet/toolbox/contract';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { readInput } from '../readInput.ts';
import { renderPeriodic } from '../render/renderPeriodic.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface AddPeriodicArgs {
  readonly name: string;
  readonly task: string;
  /** JSON, `@file` or `-`. */
  readonly input: string;
  readonly cron?: string;
  readonly timeZone?: string;
  readonly every?: Duration;
  readonly missed: MissedPolicy;
  readonly expires?: Duration;
  readonly creator?: string;
  readonly subject?: string;
  readonly json?: boolean;
}

/** Everything that can be wrong with the request is found before the fleet is looked for. Throws DefinitionError. */
export async function addPeriodic(deps: CliDeps, args: AddPeriodicArgs): Promise<ExitCode> {
  const { name, json, ...given } = args;
  const task = findTask(deps.fleet, args.task);
  const input = await readInput(args.input, deps.stdin);
  // The texts may be anything: what the types forbid is found by `periodic`.
  const asked = periodic(name, { ...given, task, input } as PeriodicOptions<AnyTask>);
  const { periodicOf } = await deps.openFleet();
  const added = await periodicOf(deps.fleet).add(asked);
  if (json) writeJson(deps.stdout, added);
  else writeLine(deps.stdout, renderPeriodic(deps.stdout, added, deps.clock.now()));
  return EXIT.ok;
}
