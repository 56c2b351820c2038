import {
  defineFleet,
  defineTask,
  defineWorker,
  fargate,
  lambda,
  type Worker,
} from '@taskfleet/toolbox/contract';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './createApp.ts';
import { FleetStack } from './fleetStack.ts';
import type { GivenSettings } from './givenSettings.ts';

const task = { input: z.unknown(), output: z.unknown() };
const mail = (wishes: Pick<Parameters<typeof defineWorker>[1], 'compute' | 'permissions'>) =>
  defineWorker('mail', { tasks: [defineTask('mail.send', task)], ...wishes });
const print = defineWorker('print', { tasks: [defineTask('print.page', task)] });

function synthesized(worker: Worker, settings: GivenSettings = { environment: {}, secrets: {} }) {
  const stack = new FleetStack(createApp({ builtinCloudFormationValidation: false }), 'Fleet', {
    fleet: defineFleet([worker, print]),
    stage: 'dev',
    compute: {
      images: (service) => ContainerImage.fromRegistry(`registry/${service}:1`),
      functions: () => Code.fromInline('export const handler = 1'),
      settings: new Map([['mail', settings]]),
    },
  });
  return Template.fromStack(stack);
}

const containerOf = (service: string, rest: object) => ({
  ContainerDefinitions: [Match.objectLike({ Image: `registry/${service}:1`, ...rest })],
});

it('lets the worker that says so reach those ports of the internet, and no other', () => {
  const template = synthesized(mail({ compute: fargate({ internet: [443, 587] }) }));
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    GroupDescription: Match.stringLikeRegexp('^Worker mail '),
    SecurityGroupEgress: [443, 587].map((port) =>
      Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: port, ToPort: port, IpProtocol: 'tcp' }),
    ),
    SecurityGroupIngress: Match.absent(),
  });
  const addresses = Object.values(template.findResources('AWS::ECS::Service')).map(
    ({ Properties }) => Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp,
  );
  expect(addresses.toSorted()).toEqual(['DISABLED', 'DISABLED', 'ENABLED']);
});

it('has no way to the internet where no contract says so', () => {
  const gateways = synthesized(mail({})).findResources('AWS::EC2::InternetGateway');
  expect(gateways).toEqual({});
});

it('tells a worker its settings, and where its secrets are, and no other worker', () => {
  const settings = {
    environment: { TASKFLEET_MAIL_FROM: 'me@example.com' },
    secrets: { TASKFLEET_MAIL_SERVER: '/acme/dev/smtp' },
  };
  const template = synthesized(mail({ compute: fargate({ internet: [443] }) }), settings);
  template.hasResourceProperties(
    'AWS::ECS::TaskDefinition',
    containerOf('mail', {
      Environment: Match.arrayWith([{ Name: 'TASKFLEET_MAIL_FROM', Value: 'me@example.com' }]),
      Secrets: [Match.objectLike({ Name: 'TASKFLEET_MAIL_SERVER' })],
    }),
  );
  template.hasResourceProperties(
    'AWS::ECS::TaskDefinition',
    containerOf('print', { Secrets: Match.absent() }),
  );
  expect(JSON.stringify(template.findResources('AWS::ECS::TaskDefinition'))).toContain(
    ':parameter/acme/dev/smtp',
  );
});

it('refuses a secret for a container that cannot get it', () => {
  const settings = { environment: {}, secrets: { TASKFLEET_MAIL_SERVER: '/acme/dev/smtp' } };
  expect(() => synthesized(mail({}), settings)).toThrow(
    'worker "mail": TASKFLEET_MAIL_SERVER: expected a way to Parameter Store',
  );
});

it.each([fargate(), lambda()])(
  'allows the role of the worker alone what its contract says',
  (compute) => {
    const permissions = [{ actions: ['ses:SendEmail'], resources: ['*'], why: 'send mail' }];
    const template = synthesized(mail({ compute, permissions }));
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(
      ([, policy]) => JSON.stringify(policy).includes('ses:SendEmail'),
    );
    expect(policies).toHaveLength(1);
    expect(policies[0]?.[0]).toMatch(/MailWorker/);
    expect(JSON.stringify(policies[0]?.[1])).toContain(
      JSON.stringify({
        Action: 'ses:SendEmail',
        Effect: 'Allow',
        Resource: '*',
        Sid: 'Contract1SendMail',
      }),
    );
  },
);

it.each([
  [{ actions: ['ses:*'], resources: ['*'], why: 'mail' }, 'actions: expected actions such as'],
  [
    { actions: [], resources: ['*'], why: 'mail' },
    'actions: expected actions such as ses:SendEmail, got none',
  ],
  [{ actions: ['ses:SendEmail'], resources: ['mine'], why: 'mail' }, 'resources: expected ARNs'],
  [{ actions: ['ses:SendEmail'], resources: ['*'], why: 'mail!' }, 'why: expected a few words'],
])('refuses a permission such as %o', (permission, problem) => {
  expect(() => mail({ permissions: [permission] })).toThrow(`permissions[0].${problem}`);
});

it('refuses a port that is none', () => {
  expect(() => mail({ compute: fargate({ internet: [0] }) })).toThrow(
    'compute.internet: expected a whole number from 1 to 65535, got 0',
  );
});
