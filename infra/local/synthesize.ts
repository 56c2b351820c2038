import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { createApp } from '../createApp.ts';
import { FleetStack } from '../fleetStack.ts';
import { synthesizeStack } from '../synthesizeStack.ts';

/** A template and the name of its stack. */
export interface SynthesizedStack {
  readonly stackName: string;
  /** As CloudFormation would get it. */
  readonly template: unknown;
}

/** The stack that `cdk deploy` would send, of the stage `local`. Leaves no files behind. */
export async function synthesize(fleet: Fleet): Promise<SynthesizedStack> {
  const outdir = await mkdtemp(join(tmpdir(), 'taskfleet-'));
  try {
    return synthesizeInto(outdir, fleet);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

function synthesizeInto(outdir: string, fleet: Fleet): SynthesizedStack {
  const app = createApp({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    // Takes a second, and is done by `cdk synth`.
    builtinCloudFormationValidation: false,
  });
  const stack = new FleetStack(app, 'Fleet', { fleet, stage: LOCAL_STAGE });
  return { stackName: stack.stackName, template: synthesizeStack(app, stack) };
}
