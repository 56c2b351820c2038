import { lambda } from '@taskfleet/toolbox/contract';
import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { unknownVariables } from '@taskfleet/toolbox/config';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './createApp.ts';
import { FleetStack } from './fleetStack.ts';

const anything = { input: z.unknown(), output: z.unknown() };
const fleet = defineFleet([
  defineWorker('mail', { tasks: [defineTask('mail.send', anything)], priorities: true }),
  defineWorker('index', { tasks: [defineTask('index.all', anything)], compute: lambda({}) }),
]);

/** With all that makes a stack tell its services more. */
function templateText(): string {
  const app = createApp({ builtinCloudFormationValidation: false });
  const stack = new FleetStack(app, 'Fleet', {
    fleet,
    stage: 'dev',
    compute: {
      images: (service: string) => ContainerImage.fromRegistry(`registry/${service}:1`),
      functions: () => Code.fromInline('export const handler = 1'),
      publicAccess: {
        domain: 'tasks.example.com',
        certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b',
        embedders: 'https://app.example.com',
        issuer: {
          address: 'https://id.example.com',
          audience: 'taskfleet',
          clientId: 'web',
          rolesClaim: 'groups',
          nameClaim: 'email',
        },
      },
    },
  });
  return JSON.stringify(Template.fromStack(stack).toJSON());
}

it('tells services nothing that they would refuse', () => {
  const told = new Set(templateText().match(/TASKFLEET_\w+/g));
  expect([...told]).toEqual(
    expect.arrayContaining([
      'TASKFLEET_STAGE',
      'TASKFLEET_HIGH_QUEUE_URL',
      'TASKFLEET_QUEUES',
      'TASKFLEET_EMBEDDERS',
      'TASKFLEET_OIDC_NAME_CLAIM',
      'TASKFLEET_PROXIES',
    ]),
  );
  expect(unknownVariables(Object.fromEntries([...told].map((name) => [name, 'x'])))).toEqual([]);
});
