import { TaskfleetError } from '@taskfleet/toolbox/contract';
import type { App } from 'aws-cdk-lib/core';
import { checkContext } from './checkContext.ts';
import { checkLocalStage } from './checkLocalStage.ts';
import { createApp } from './createApp.ts';
import { FleetStack } from './fleetStack.ts';

/** Runs under the CDK's command line, which passes the stage as context: `npx cdk synth -c stage=prod`. */
async function addFleetStack(app: App): Promise<FleetStack> {
  // Here, so that a mistake in a contract is told in one line, as below.
  const { fleet } = await import('@taskfleet/fleet');
  checkContext(app.node.getAllContext());
  const stage = String(app.node.tryGetContext('stage') ?? 'dev');
  checkLocalStage(stage, process.env['AWS_ENDPOINT_URL']);
  return new FleetStack(app, 'Fleet', { fleet, stage });
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
