import { join } from 'node:path';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { DefinitionError, type Fleet, TaskfleetError } from '@taskfleet/toolbox/contract';
import type { App } from 'aws-cdk-lib/core';
import { z } from 'zod';
import { checkContext } from './checkContext.ts';
import { checkLocalStage } from './checkLocalStage.ts';
import { createApp } from './createApp.ts';
import { FleetStack, type FleetStackProps } from './fleetStack.ts';
import { serviceImages } from './images/serviceImages.ts';

/** Where the services' bundles go before they become images. */
const BUNDLES = join(import.meta.dirname, '..', '.build');

/** Runs under the CDK's command line, which passes the stage as context: `npx cdk synth -c stage=prod`. */
async function addFleetStack(app: App): Promise<FleetStack> {
  // Here, so that a mistake in a contract is told in one line, as below.
  const { fleet } = await import('@taskfleet/fleet');
  checkContext(app.node.getAllContext());
  const stage = String(app.node.tryGetContext('stage') ?? 'dev');
  checkLocalStage(stage, process.env['AWS_ENDPOINT_URL']);
  return new FleetStack(app, 'Fleet', { fleet, stage, ...deployment(app, fleet, stage) });
}

/** What a stage has beside its queues, topic, table and bucket. On an emulator processes take the place of containers. */
function deployment(app: App, fleet: Fleet, stage: string): Partial<FleetStackProps> {
  if (stage === LOCAL_STAGE) return {};
  const context: Record<string, unknown> = app.node.getAllContext();
  const vpc = z.string().optional().parse(context['vpc']);
  const images = serviceImages({ fleet, context, folder: BUNDLES });
  if (vpc === undefined) return { compute: { images } };
  // A lookup needs to know where.
  const env = {
    account: process.env['CDK_DEFAULT_ACCOUNT'] ?? '',
    region: process.env['CDK_DEFAULT_REGION'] ?? '',
  };
  if (!env.account || !env.region) {
    throw new DefinitionError('context', [
      'vpc: expected credentials and a region of the account that has it, because it is looked up there; got none',
    ]);
  }
  return { compute: { images, vpcId: vpc }, env };
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
