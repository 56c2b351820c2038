import {
  type Duration,
  findTask,
  parseDuration,
  type Priority,
  type ScheduleOptions,
  toMilliseconds,
} from '@taskfleet/toolbox/contract';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { momentOption } from '../momentOption.ts';
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
  readonly delay?: Duration;
  readonly eta?: string;
  readonly expires?: string;
  readonly key?: string;
  readonly group?: string;
  readonly priority?: Priority;
  readonly ignoreResult?: boolean;
  readonly timeLimit?: Duration;
  readonly maxAttempts?: string;
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
  const options = optionsOf(args);
  const access = await deps.openFleet();
  const { id } = await access.schedule(task, input, options);
  if (args.wait) return waitForTask(deps, { access, id, timeoutMs, json: args.json === true });
  if (args.json) writeJson(deps.stdout, { id, task: args.task });
  else writeLine(deps.stdout, id);
  return EXIT.ok;
}

function optionsOf(args: ScheduleArgs): ScheduleOptions {
  const { durable = false, ignoreResult = false, eta, expires, maxAttempts, ...others } = args;
  const { creator, subject, delay, group, priority, key: idempotencyKey, timeLimit } = others;
  const given = { creator, subject, delay, group, priority, idempotencyKey, timeLimit };
  return {
    durable,
    ignoreResult,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(eta !== undefined && { eta: momentOption('eta', eta) }),
    ...(expires !== undefined && { expires: durationOrMoment(expires) }),
    ...(maxAttempts !== undefined && { retry: { maxAttempts: Number(maxAttempts) } }),
  };
}

function durationOrMoment(text: string): Duration | Date {
  return parseDuration(text) === undefined ? momentOption('expires', text) : (text as Duration);
}
