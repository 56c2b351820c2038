import { fleet } from '@taskfleet/fleet';
import { TaskfleetError } from '@taskfleet/toolbox/contract';
import type { App } from 'aws-cdk-lib/core';
import { createApp } from './createApp.ts';
import { FleetStack } from './fleetStack.ts';

/** Runs under the CDK's command line, which passes the stage as context: `npx cdk synth -c stage=prod`. */
function addFleetStack(app: App): FleetStack {
  const stage: unknown = app.node.tryGetContext('stage') ?? 'dev';
  return new FleetStack(app, 'Fleet', { fleet, stage: String(stage) });
}

try {
  const app = createApp();
  addFleetStack(app);
  app.synth();
} catch (error) {
  if (!(error instanceof TaskfleetError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
