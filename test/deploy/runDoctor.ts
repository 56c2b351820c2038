import { join } from 'node:path';
import type { StackOutputs } from '@taskfleet/infra/local';
import type { Endpoints } from '@taskfleet/toolbox/aws';
import { z } from 'zod';
import { localFleetEnvironment } from '../../infra/local/services.ts';
import { DeployError } from './errors.ts';
import { lastLine, runCommand } from './programs/runCommand.ts';

export interface RunDoctorOptions {
  readonly endpoints: Endpoints;
  readonly outputs: StackOutputs;
  readonly inherited: Readonly<Record<string, string>>;
}

const TASKFLEET = join(import.meta.dirname, '..', '..', 'platform', 'cli', 'taskfleet.mjs');
const ENDS_WITHIN_MS = 90_000;

const said = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      subject: z.string(),
      rule: z.string(),
      verdict: z.string(),
      cause: z.string().optional(),
    }),
  ),
});

/** What `taskfleet doctor` says of a stage. */
export type Diagnosis = z.output<typeof said>;

/** Runs `taskfleet doctor` as a person would. Throws DeployError when it says nothing that can be read. */
export async function runDoctor({ inherited, ...stack }: RunDoctorOptions): Promise<Diagnosis> {
  const ended = await runCommand({
    program: process.execPath,
    arguments: [TASKFLEET, 'doctor', '--json', '--timeout', '1m'],
    environment: { ...inherited, ...localFleetEnvironment(stack) },
    withinMs: ENDS_WITHIN_MS,
  });
  const parsed = said.safeParse(jsonOf(ended.stdout));
  if (!parsed.success) throw new DeployError(`taskfleet doctor: ${lastLine(ended)}`);
  const isFine = ended.exitCode === 0;
  if (isFine === parsed.data.ok) return parsed.data;
  throw new DeployError(
    `taskfleet doctor: ok is ${parsed.data.ok}, the exit code ${ended.exitCode}`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
