import { join } from 'node:path';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { DefinitionError, type Fleet, TaskfleetError } from '@taskfleet/toolbox/contract';
import type { App } from 'aws-cdk-lib/core';
import { checkLocalStage } from './checkLocalStage.ts';
import { createApp } from './createApp.ts';
import { FleetStack, type FleetStackProps } from './fleetStack.ts';
import { givenSettings } from './givenSettings.ts';
import { functionCode, serviceImages } from './images/serviceImages.ts';
import { type StageContext, stageContext } from './stageContext.ts';
import { synthesizeStack } from './synthesizeStack.ts';

/** Where the services' bundles go before they become images. */
const BUNDLES = join(import.meta.dirname, '..', '.build');

/** Runs under the CDK's command line, which passes the stage as context: `npx cdk synth -c stage=prod`. */
async function addFleetStack(app: App): Promise<FleetStack> {
  // Here, so that a mistake in a contract is told in one line, as below.
  const { fleet } = await import('@taskfleet/fleet');
  const context = stageContext(app.node.getAllContext());
  const { stage, prefix, encryptionKey } = context;
  checkLocalStage(stage, process.env['AWS_ENDPOINT_URL']);
  const deployed =
    stage === LOCAL_STAGE ? {} : { encryptionKey, ...deployment(app, fleet, context) };
  return new FleetStack(app, 'Fleet', { fleet, stage, prefix, ...deployed });
}

/** What a stage has beside its queues, topic, table and bucket. On an emulator processes take the place of containers. */
function deployment(
  app: App,
  fleet: Fleet,
  { vpc, alarmEmail, publicAccess }: StageContext,
): Partial<FleetStackProps> {
  const context = app.node.getAllContext();
  const images = serviceImages({ fleet, context, folder: BUNDLES });
  const functions = functionCode(BUNDLES);
  const settings = givenSettings(context, fleet);
  const compute = { images, functions, settings, vpcId: vpc, alarmEmail, publicAccess };
  return vpc === undefined ? { compute } : { compute, env: whereToLook() };
}

/** A lookup needs to know where. Throws DefinitionError. */
function whereToLook() {
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
  if (account && region) return { account, region };
  throw new DefinitionError('context', [
    'vpc: expected credentials and a region of the account that has it, because it is looked up there; got none',
  ]);
}

try {
  const app = createApp();
  synthesizeStack(app, await addFleetStack(app));
} catch (error) {
  if (!(error instanceof TaskfleetError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
