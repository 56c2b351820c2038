import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './createApp.ts';
import { exampleFleet } from './exampleFleet.ts';
import { FleetStack } from './fleetStack.ts';
import { serviceImages } from './images/serviceImages.ts';

const REGISTRY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

function synthesize(): Template {
  const app = createApp({ builtinCloudFormationValidation: false });
  const fleet = exampleFleet();
  const context = {
    'image.email': `${REGISTRY}/acme/mail:7`,
    'image.layer-index': 'public.example/layers:3',
    'image.platform': `${REGISTRY}/platform`,
  };
  const images = serviceImages({ fleet, context, folder: '.build' });
  const functions = () => Code.fromInline('export const handler = 1');
  const compute = { images, functions };
  return Template.fromStack(new FleetStack(app, 'Fleet', { fleet, stage: 'dev', compute }));
}

const template = synthesize();

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statement = z.looseObject({ Action: oneOrMore, Resource: z.unknown() });
const policy = z.looseObject({
  Properties: z.looseObject({
    PolicyDocument: z.looseObject({ Statement: z.array(statement) }),
  }),
});

/** Statements of the roles that ECS starts containers with, by service. */
function startsOf(service: string) {
  const found = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) =>
    id.startsWith(`Compute${service}TaskExecutionRole`),
  );
  expect(found).toHaveLength(1);
  return found.flatMap(
    ([, resource]) => policy.parse(resource).Properties.PolicyDocument.Statement,
  );
}

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];

describe('what starts the containers of a service', () => {
  it.each([
    ['EmailWorker', 'acme/mail'],
    ['Platform', 'platform'],
  ])('may for %s pull the repository %s, write its log and nothing else', (service, repository) => {
    const statements = startsOf(service);
    expect(statements).toMatchObject([
      { Action: PULL, Resource: `arn:aws:ecr:eu-central-1:123456789012:repository/${repository}` },
      // AWS allows no narrower resource for it.
      { Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
      { Action: LOG },
    ]);
    const [, , log] = statements;
    expect(JSON.stringify(log?.Resource)).toMatch(`"Fn::GetAtt":["Compute${service}Logs`);
  });

  it('may write its log only, where its image is public', () => {
    expect(startsOf('LayerIndexWorker')).toMatchObject([{ Action: LOG }]);
  });
});

describe('the containers of a service', () => {
  it('run the image that was given, on the platform that it is built for', () => {
    const tasks = JSON.stringify(template.findResources('AWS::ECS::TaskDefinition'));
    expect(tasks).toContain('/acme/mail:7');
    expect(tasks).toContain('"public.example/layers:3"');
    template.allResourcesProperties('AWS::ECS::TaskDefinition', {
      RuntimePlatform: { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' },
    });
    template.allResourcesProperties('AWS::ECS::Service', { PlatformVersion: '1.4.0' });
  });
});

describe('the roles of a stage', () => {
  it('reach everything with nothing but a token for ECR', () => {
    const onAll = Object.values(template.findResources('AWS::IAM::Policy'))
      .flatMap((resource) => policy.parse(resource).Properties.PolicyDocument.Statement)
      .filter(({ Resource }) => JSON.stringify(Resource).includes('"*"'));
    expect(new Set(onAll.flatMap(({ Action }) => Action))).toEqual(
      new Set(['ecr:GetAuthorizationToken']),
    );
  });
});
