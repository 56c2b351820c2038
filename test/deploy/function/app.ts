/** Run by the CDK's command line: the stage `local` of a fleet with a worker on Lambda, whose function can reach the emulator. */
import { join } from 'node:path';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { createApp } from '../../../infra/createApp.ts';
import { FleetStack } from '../../../infra/fleetStack.ts';
import { bundleService } from '../../../infra/images/bundleService.ts';
import { STACK } from '../assembly.ts';
import { sumsFleet } from './sumsFleet.ts';

const app = createApp();
const bundle = join(app.outdir, 'sums-function');
bundleService({
  entry: join(import.meta.dirname, 'lambda.ts'),
  folder: bundle,
  target: 'function',
});
addStack();
app.synth();

function addStack(): FleetStack {
  return new FleetStack(app, STACK, {
    fleet: sumsFleet,
    stage: LOCAL_STAGE,
    prefix: 'functions',
    compute: {
      images: () => ContainerImage.fromRegistry('registry.example/platform:1'),
      functions: () => Code.fromAsset(bundle),
    },
  });
}
