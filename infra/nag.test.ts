import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { createApp } from './createApp.ts';
import { exampleFleet } from './exampleFleet.ts';
import { FleetStack } from './fleetStack.ts';

const ACCOUNT = { account: '123456789012', region: 'eu-central-1' };
const EXISTING = `arn:aws:kms:eu-central-1:${ACCOUNT.account}:key/0a1b2c3d`;

const PUBLIC = {
  domain: 'tasks.example.com',
  certificateArn: `arn:aws:acm:eu-central-1:${ACCOUNT.account}:certificate/0a1b`,
  issuer: { address: 'https://id.example.com', audience: 'taskfleet' },
};

it.each([
  { what: 'everything by default', given: {}, compute: {} },
  { what: 'a key of its own', given: { encryptionKey: 'create' }, compute: {} },
  { what: 'an existing key', given: { encryptionKey: EXISTING }, compute: {} },
  { what: 'an existing VPC', given: { env: ACCOUNT }, compute: { vpcId: 'vpc-0a1b2c3d' } },
  { what: 'a public platform', given: {}, compute: { publicAccess: PUBLIC } },
  {
    what: 'a public platform with access logs in an existing VPC',
    given: { env: ACCOUNT },
    compute: { publicAccess: { ...PUBLIC, accessLogs: 'acme-logs' }, vpcId: 'vpc-0a1b2c3d' },
  },
  { what: 'somebody to tell of alarms', given: {}, compute: { alarmEmail: 'ops@example.com' } },
])(
  'a stage with $what follows the rules of AWS Solutions, but where it says why not',
  (variant) => {
    const app = createApp({ builtinCloudFormationValidation: false });
    const functions = () => Code.fromInline('export const handler = 1');
    const images = () => ContainerImage.fromRegistry('image');
    const stack = new FleetStack(app, 'Fleet', {
      fleet: exampleFleet(),
      stage: 'dev',
      compute: { images, functions, ...variant.compute },
      ...variant.given,
    });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(app.synth().getStackArtifact(stack.artifactId).stackName).toBe('taskfleet-dev');
  },
);
