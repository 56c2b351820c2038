import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './createApp.ts';
import { exampleFleet } from './exampleFleet.ts';
import { FleetStack } from './fleetStack.ts';

const alarmSchema = z.looseObject({
  AlarmName: z.string().optional(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
});

let template: Template;
let alarms: z.output<typeof alarmSchema>[];
beforeAll(() => {
  const app = createApp({ builtinCloudFormationValidation: false });
  const functions = () => Code.fromInline('export const handler = 1');
  const images = () => ContainerImage.fromRegistry('image');
  const compute = { images, functions, alarmEmail: 'ops@example.com' };
  const stack = new FleetStack(app, 'Fleet', { fleet: exampleFleet(), stage: 'dev', compute });
  template = Template.fromStack(stack);
  alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .map(({ Properties }) => alarmSchema.parse(Properties))
    .filter(({ AlarmName }) => AlarmName?.startsWith('taskfleet-dev-'));
});

const named = (part: string) => alarms.filter(({ AlarmName }) => AlarmName?.includes(part));

describe('the alarms of a stage', () => {
  it('watch age, dead letters, failures, breakers, the tracker, the dispatcher and throttles', () => {
    const services = 1 + exampleFleet().workers.length;
    expect(named('Oldest')).toHaveLength(services);
    expect(named('DeadLetters')).toHaveLength(services);
    expect(named('BreakerOpen')).toHaveLength(services);
    expect(named('Failures')).toHaveLength(services - 1);
    expect(named('DueLag')).toHaveLength(1);
    expect(named('TableThrottles')).toHaveLength(1);
  });

  it('tell the one topic, and that the address given', () => {
    const targets = new Set(alarms.map(({ AlarmActions }) => JSON.stringify(AlarmActions)));
    expect(targets.size).toBe(1);
    const subscriptions = template.findResources('AWS::SNS::Subscription', {
      Properties: { Protocol: 'email', Endpoint: 'ops@example.com' },
    });
    expect(Object.keys(subscriptions)).toHaveLength(1);
  });

  it('may publish to it, whose own policy would otherwise allow nobody', () => {
    const [subscription] = Object.values(
      template.findResources('AWS::SNS::Subscription', { Properties: { Protocol: 'email' } }),
    );
    const { TopicArn } = z
      .looseObject({ TopicArn: z.unknown() })
      .parse(subscription?.['Properties']);
    const allowed = expect.objectContaining({
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: TopicArn,
    });
    const policies = template.findResources('AWS::SNS::TopicPolicy', {
      Properties: { Topics: [TopicArn] },
    });
    expect(Object.values(policies)).toMatchObject([
      { Properties: { PolicyDocument: { Statement: expect.arrayContaining([allowed]) } } },
    ]);
  });

  it('lead each to a section of the runbook, and every section has its alarm', () => {
    const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'operations.md'), 'utf8');
    const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    const linked = alarms.map(
      ({ AlarmDescription }) => AlarmDescription.split('operations.md#')[1],
    );
    expect([...new Set(linked)].toSorted()).toEqual(sections.toSorted());
  });

  it('count hidden dead letters: watched ones are', () => {
    for (const alarm of named('DeadLetters')) {
      expect(JSON.stringify(alarm)).toContain('ApproximateNumberOfMessagesNotVisible');
    }
  });

  it('are on the one page of the stage', () => {
    const pages = template.findResources('AWS::CloudWatch::Dashboard', {
      Properties: { DashboardName: 'taskfleet-dev' },
    });
    expect(Object.keys(pages)).toHaveLength(1);
  });

  it('show on that page how many messages wait', () => {
    const [page] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    expect(JSON.stringify(page)).toContain('ApproximateNumberOfMessagesVisible');
  });
});
