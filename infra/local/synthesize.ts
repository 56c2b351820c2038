import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { App } from 'aws-cdk-lib/core';
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
  return inFolder((app) => {
    const stack = new FleetStack(app, 'Fleet', { fleet, stage: LOCAL_STAGE });
    return { stackName: stack.stackName, template: synthesizeStack(app, stack) };
  });
}

/** The same with its services, whose images and code are made up, and unchecked: what is wrong with it is to be looked for. */
export async function synthesizeServices(fleet: Fleet): Promise<SynthesizedStack> {
  return inFolder((app) => {
    const compute = {
      images: () => ContainerImage.fromRegistry('made-up'),
      functions: () => Code.fromInline('exports.handler = 1'),
    };
    const stack = new FleetStack(app, 'Fleet', { fleet, stage: LOCAL_STAGE, compute });
    const { template } = app.synth().getStackArtifact(stack.artifactId);
    return { stackName: stack.stackName, template: template as unknown };
  });
}

async function inFolder(make: (app: App) => SynthesizedStack): Promise<SynthesizedStack> {
  const outdir = await mkdtemp(join(tmpdir(), 'taskfleet-'));
  try {
    return make(
      createApp({
        outdir,
        analyticsReporting: false,
        treeMetadata: false,
        // Takes a second, and is done by `cdk synth`.
        builtinCloudFormationValidation: false,
      }),
    );
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}
