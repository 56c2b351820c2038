import {
  type Duration,
  findTask,
  type ScheduleOptions,
  toMilliseconds,
} from '@taskfleet/toolbox/contract';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { readInput } from '../readInput.ts';
import { writeJson, writeLine } from '../render/write.ts';
import { waitForTask } from '../waitForTask.ts';

export interface ScheduleArgs {
  readonly task: string;
  /** JSON, `@file` or `-`. */
  readonly input: string;
  readonly creator?: string;
  readonly subject?: string;
  readonly durable?: boolean;
  readonly wait?: boolean;
  readonly timeout: string;
  readonly json?: boolean;
}

/** Everything that can be wrong with the request is found before the fleet is looked for. */
export async function scheduleTask(deps: CliDeps, args: ScheduleArgs): Promise<ExitCode> {
  const task = findTask(deps.fleet, args.task);
  const input = await readInput(args.input, deps.stdin);
  // The text may be anything: toMilliseconds throws for what is no duration.
  const timeoutMs = toMilliseconds(args.timeout as Duration);
  const access = await deps.openFleet();
  const { id } = await access.schedule(task, input, optionsOf(args));
  if (args.wait) return waitForTask(deps, { access, id, timeoutMs, json: args.json === true });
  if (args.json) writeJson(deps.stdout, { id, task: args.task });
  else writeLine(deps.stdout, id);
  return EXIT.ok;
}

function optionsOf({ creator, subject, durable = false }: ScheduleArgs): ScheduleOptions {
  return {
    durable,
    ...(creator !== undefined && { creator }),
    ...(subject !== undefined && { subject }),
  };
}
