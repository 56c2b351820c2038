import {
  DefinitionError,
  defineFleet,
  defineTask,
  defineWorker,
  fargate,
  lambda,
} from '@taskfleet/toolbox/contract';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './createApp.ts';
import { FleetStack } from './fleetStack.ts';
import { checkTemplate } from './rules/checkTemplate.ts';

const task = { input: z.unknown(), output: z.unknown(), timeLimit: '1m', priority: 'low' } as const;
const scale = { min: 0, max: 4, backlogPerTask: 50 };

/** Two workers, with and without priorities, on Fargate and on Lambda; `mail-high` has a name like a queue. */
function fleetOf(priorities: boolean) {
  const { priority: _priority, ...plain } = task;
  const own = priorities ? task : plain;
  return defineFleet([
    defineWorker('mail', {
      tasks: [defineTask('mail.send', own)],
      compute: fargate({ scale }),
      priorities,
    }),
    defineWorker('resize', {
      tasks: [defineTask('resize.run', own)],
      compute: lambda({ maxConcurrency: 20 }),
      priorities,
    }),
    defineWorker('mail-high', { tasks: [defineTask('mail-high.send', plain)] }),
  ]);
}

function templateOf(priorities: boolean): Template {
  const app = createApp({ builtinCloudFormationValidation: false });
  const functions = () => Code.fromInline('export const handler = 1');
  const images = (service: string) => ContainerImage.fromRegistry(`registry/${service}:1`);
  const compute = { images, functions };
  const fleet = fleetOf(priorities);
  return Template.fromStack(new FleetStack(app, 'Fleet', { fleet, stage: 'dev', compute }));
}

let template: Template;
let without: Template;
beforeAll(() => {
  template = templateOf(true);
  without = templateOf(false);
});

const schema = z.looseObject({ Properties: z.looseObject({}) });
const all = (type: string, of = template): Record<string, unknown>[] =>
  Object.entries(of.findResources(type)).map(([id, resource]) =>
    Object.assign({ id }, schema.parse(resource).Properties),
  );
const queue = (name: string) =>
  all('AWS::SQS::Queue').find(({ QueueName }) => QueueName === `taskfleet-dev-${name}.fifo`);
const idOf = (name: string) => queue(name)?.['id'];

describe('a worker with priorities', () => {
  it.each(['high', 'low'])(
    'has a queue for %s, as its other one, with the same dead letters',
    (priority) => {
      const { id: _id, QueueName: _name, ...own } = queue(`mail_${priority}`) ?? {};
      const { id: _other, QueueName: _otherName, ...normal } = queue('mail') ?? {};
      expect(own).toEqual(normal);
      expect(own).toHaveProperty('RedrivePolicy');
      template.hasResourceProperties('AWS::SNS::Subscription', {
        Endpoint: { 'Fn::GetAtt': [idOf(`mail_${priority}`), 'Arn'] },
        FilterPolicy: { worker: [`mail.${priority}`] },
        RawMessageDelivery: true,
      });
    },
  );

  it('keeps the queue that it had before, under the same name and filter', () => {
    const unchanged = ['AWS::SQS::Queue', 'AWS::SNS::Subscription', 'AWS::DynamoDB::Table'];
    for (const type of unchanged) {
      for (const before of all(type, without)) expect(all(type)).toContainEqual(before);
    }
  });

  it('has an output for each, which no other name can have', () => {
    const outputs = Object.keys(template.findOutputs('*'));
    for (const output of [
      'MailQueueUrl',
      'MailQueueUrlHigh',
      'MailQueueUrlLow',
      'MailHighQueueUrl',
    ]) {
      expect(outputs).toContain(output);
    }
  });

  it('is scaled on what waits in all of them', () => {
    const policies = JSON.stringify(all('AWS::ApplicationAutoScaling::ScalingPolicy'));
    const sum = '(FILL(waiting, 0) + FILL(waiting1, 0) + FILL(waiting2, 0))';
    expect(policies).toContain(`"${sum} / IF(FILL(running, 0) > 0, running, 1)"`);
    const alarms = JSON.stringify(all('AWS::CloudWatch::Alarm'));
    expect(alarms).toContain(`"IF(FILL(running, 0) > 0, 0, ${sum})"`);
    for (const name of ['mail_high', 'mail', 'mail_low']) {
      expect(policies).toContain(`"${String(idOf(name))}","QueueName"`);
    }
  });

  it('has an alarm on the oldest message of each', () => {
    const names = all('AWS::CloudWatch::Alarm').map(({ AlarmName }) => AlarmName);
    for (const suffix of ['', 'High', 'Low']) {
      expect(names).toContain(`taskfleet-dev-MailOldest${suffix}`);
    }
    expect(new Set(names.filter(Boolean)).size).toBe(names.filter(Boolean).length);
  });

  it('may consume all of them, and the platform may send dead letters back to each', () => {
    const everyQueue = ['mail_high', 'mail', 'mail_low'].map((name) => {
      return { 'Fn::GetAtt': [idOf(name), 'Arn'] };
    });
    const allows = (Sid: string, Resource: unknown) => () =>
      template.hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid, Resource })]) },
      });
    const [high, normal, low] = everyQueue;
    expect(allows('ConsumeItsQueue', [normal, high, low])).not.toThrow();
    for (const one of everyQueue) {
      expect(allows('RedriveDeadLetters', Match.arrayWith([one]))).not.toThrow();
    }
  });

  it('knows their addresses, which no other service is told', () => {
    const environments = all('AWS::ECS::TaskDefinition').map((one) => JSON.stringify(one));
    const told = environments.filter((text) => text.includes('TASKFLEET_HIGH_QUEUE_URL'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('TASKFLEET_LOW_QUEUE_URL');
    expect(told[0]).toContain('registry/mail:1');
  });

  it('shares its invocations out among them on Lambda', () => {
    const mappings = all('AWS::Lambda::EventSourceMapping').map((mapping) => [
      z
        .looseObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
        .parse(mapping['EventSourceArn'])['Fn::GetAtt'][0],
      z.looseObject({ MaximumConcurrency: z.number() }).parse(mapping['ScalingConfig'])
        .MaximumConcurrency,
    ]);
    expect(Object.fromEntries(mappings)).toEqual({
      [String(idOf('resize_high'))]: 12,
      [String(idOf('resize'))]: 6,
      [String(idOf('resize_low'))]: 2,
    });
  });

  it('keeps the rules of every template, which miss a queue that is gone', () => {
    const fleet = fleetOf(true);
    const json = template.toJSON() as { Resources: Record<string, unknown> };
    expect(() => checkTemplate(json, fleet)).not.toThrow();
    const [id] = Object.keys(
      template.findResources('AWS::SNS::Subscription', {
        Properties: { FilterPolicy: { worker: ['mail.low'] } },
      }),
    );
    const { [id ?? '']: _gone, ...Resources } = json.Resources;
    const check = () => checkTemplate({ ...json, Resources }, fleet);
    expect(check).toThrow(DefinitionError);
    expect(check).toThrow('expected one queue subscribed to the tasks of mail.low, got 0');
  });
});
