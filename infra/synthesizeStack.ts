import type { App } from 'aws-cdk-lib/core';
import type { FleetStack } from './fleetStack.ts';
import { checkTemplate } from './rules/checkTemplate.ts';

/** The one way from an app to a template: as CloudFormation would get it. Throws DefinitionError for what cannot work. */
export function synthesizeStack(app: App, { artifactId, fleet }: FleetStack): unknown {
  const template: unknown = app.synth().getStackArtifact(artifactId).template;
  checkTemplate(template, fleet);
  return template;
}
