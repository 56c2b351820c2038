import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { createApp } from './createApp.ts';
import { exampleFleet } from './exampleFleet.ts';
import { FleetStack } from './fleetStack.ts';

it('a stage follows the rules of AWS Solutions, but where it says why not', () => {
  const app = createApp({ builtinCloudFormationValidation: false });
  const functions = () => Code.fromInline('export const handler = 1');
  const compute = { images: () => ContainerImage.fromRegistry('image'), functions };
  const stack = new FleetStack(app, 'Fleet', { fleet: exampleFleet(), stage: 'dev', compute });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(app.synth().getStackArtifact(stack.artifactId).stackName).toBe('taskfleet-dev');
});
