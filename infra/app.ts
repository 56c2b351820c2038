import { TaskfleetError } from '@taskfleet/toolbox/contract';
import type { App } from 'aws-cdk-lib/core';
import { createApp } from './createApp.ts';
import { FleetStack } from './fleetStack.ts';

/** Runs under the CDK's command line, which passes the stage as context: `npx cdk synth -c stage=prod`. */
async function addFleetStack(app: App): Promise<FleetStack> {
  // Here, so that a mistake in a contract is told in one line, as below.
  const { fleet } = await import('@taskfleet/fleet');
  const stage: unknown = app.node.tryGetContext('stage') ?? 'dev';
  return new FleetStack(app, 'Fleet', { fleet, stage: String(stage) });
}

try {
  const app = createApp();
  await addFleetStack(app);
  app.synth();
} catch (error) {
  if (!(error instanceof TaskfleetError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
