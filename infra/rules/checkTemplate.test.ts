import {
  DefinitionError,
  defineFleet,
  defineTask,
  defineWorker,
  lambda,
} from '@taskfleet/toolbox/contract';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from '../createApp.ts';
import { FleetStack } from '../fleetStack.ts';
import { synthesizeStack } from '../synthesizeStack.ts';
import { checkTemplate } from './checkTemplate.ts';

const task = { input: z.unknown(), output: z.unknown(), timeLimit: '1m' } as const;
const mail = defineWorker('mail', { tasks: [defineTask('mail.send', task)], lease: '20s' });
const resize = defineWorker('resize', {
  tasks: [defineTask('resize.run', task)],
  compute: lambda(),
});
const fleet = defineFleet([mail, resize]);

function synthesize(of = fleet): unknown {
  const app = createApp({ builtinCloudFormationValidation: false });
  const images = () => ContainerImage.fromRegistry('image');
  const functions = () => Code.fromInline('export const handler = 1');
  const compute = { images, functions };
  return synthesizeStack(app, new FleetStack(app, 'Fleet', { fleet: of, stage: 'dev', compute }));
}

const synthesized = JSON.stringify(synthesize());

/** A template to be broken by one edit. */
const templateSchema = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.any()).default({}) }),
  ),
});
type Template = z.output<typeof templateSchema>;

function broken(edit: (template: Template) => void): Template {
  const template = templateSchema.parse(JSON.parse(synthesized));
  edit(template);
  return template;
}

function problemsOf(template: unknown, of = fleet): readonly string[] {
  try {
    checkTemplate(template, of);
    return [];
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

const find = (template: Template, type: string, has = '') => {
  const found = Object.values(template.Resources).find(
    ({ Type, Properties }) => Type === type && JSON.stringify(Properties).includes(has),
  );
  if (!found) throw new Error(`expected a resource ${type} with ${has}`);
  return found.Properties;
};
const queue = (template: Template, service: string) =>
  find(template, 'AWS::SQS::Queue', `"taskfleet-dev-${service}.fifo"`);
const subscription = (template: Template, worker: string) =>
  find(template, 'AWS::SNS::Subscription', `"worker":["${worker}"]`);
const ofPlatform = (template: Template) => {
  const found = Object.values(template.Resources).find(
    ({ Type, Properties }) => Type === 'AWS::SNS::Subscription' && !Properties['FilterPolicy'],
  );
  return found?.Properties ?? {};
};
const mapping = (template: Template) => find(template, 'AWS::Lambda::EventSourceMapping');
const lifecycle = (template: Template) =>
  find(template, 'AWS::S3::Bucket')['LifecycleConfiguration'].Rules;

describe('a template as it is synthesized', () => {
  it('has nothing that cannot work', () => {
    expect(problemsOf(JSON.parse(synthesized))).toEqual([]);
  });
});

describe('a template that somebody has changed is refused', () => {
  it.each<[what: string, edit: (template: Template) => void, problem: RegExp]>([
    [
      'visibility below the lease',
      (t) => (queue(t, 'mail')['VisibilityTimeout'] = 19),
      /MailWorker.*: expected a VisibilityTimeout of at least 20 seconds, the lease, got 19; raise it/,
    ],
    [
      "SQS's own visibility below a function's time",
      (t) => delete queue(t, 'resize')['VisibilityTimeout'],
      /at least 540 seconds, six times the function's timeout, got 30; raise it/,
    ],
    [
      "visibility below the platform's lease",
      (t) => (queue(t, 'platform')['VisibilityTimeout'] = 5),
      /at least 30 seconds, the lease of the platform, got 5/,
    ],
    [
      'fewer receives than retries need',
      (t) => (queue(t, 'mail')['RedrivePolicy'].maxReceiveCount = 3),
      /expected a maxReceiveCount of at least 260, which the retries of mail may use, got 3; raise it/,
    ],
    [
      'no dead letters',
      (t) => delete queue(t, 'platform')['RedrivePolicy'],
      /expected a queue for its dead letters; give it a RedrivePolicy/,
    ],
    [
      'dead letters that go with their queue',
      (t) => (queue(t, 'mail')['MessageRetentionPeriod'] = 1_209_600),
      /expected a MessageRetentionPeriod longer than the 1209600 seconds of .*, got 1209600; raise it/,
    ],
    [
      'a queue that forgets tasks between their attempts',
      (t) => (queue(t, 'mail')['MessageRetentionPeriod'] = 300),
      /mail\.send: expected all attempts to end within the 300 seconds .*, got up to 330; lower its maxAttempts/,
    ],
    [
      'a function that ends before its task',
      (t) => (find(t, 'AWS::Lambda::Function', 'main.handler')['Timeout'] = 60),
      /expected a Timeout of at least 90 seconds, for the longest task of resize, got 60; raise it/,
    ],
    [
      'a function whose answer is for the whole batch',
      (t) => delete mapping(t)['FunctionResponseTypes'],
      /expected FunctionResponseTypes with ReportBatchItemFailures, .* got none; add it/,
    ],
    [
      'half of the high throughput',
      (t) => delete queue(t, 'mail')['FifoThroughputLimit'],
      /expected FifoThroughputLimit to be perMessageGroupId, got none; set it/,
    ],
    [
      'deduplication by content',
      (t) => (queue(t, 'mail')['ContentBasedDeduplication'] = true),
      /expected no ContentBasedDeduplication, which makes one of two equal tasks; leave it out/,
    ],
    [
      "a queue that gets nobody's tasks",
      (t) => (ofPlatform(t)['FilterPolicy'] = { worker: [] }),
      /expected one queue subscribed to every task, for the platform, got 0; change the filter/,
    ],
    [
      'tasks of a worker that there is not',
      (t) => {
        const FilterPolicy = { worker: ['male'] };
        const Properties = { ...subscription(t, 'mail'), FilterPolicy };
        t.Resources['Male'] = { Type: 'AWS::SNS::Subscription', Properties };
      },
      /expected tasks of a worker of the fleet, got "male"; correct its filter policy/,
    ],
    [
      'one queue for two workers',
      (t) => {
        subscription(t, 'resize')['TopicArn'] = { Ref: 'AnotherTopic' };
        subscription(t, 'mail')['FilterPolicy'].worker.push('resize');
        queue(t, 'mail')['VisibilityTimeout'] = 540;
      },
      /expected tasks of one worker, got mail and resize; give each a queue/,
    ],
    [
      'two queues for one worker',
      (t) => {
        const { Endpoint } = subscription(t, 'resize');
        const Properties = { ...subscription(t, 'mail'), Endpoint };
        t.Resources['Again'] = { Type: 'AWS::SNS::Subscription', Properties };
      },
      /expected one queue subscribed to the tasks of mail, got 2; change the filter policies/,
    ],
    [
      'wrapped messages',
      (t) => delete subscription(t, 'mail')['RawMessageDelivery'],
      /expected raw messages, which workers read; set RawMessageDelivery on its subscription/,
    ],
    [
      'more subscriptions than a topic feeds',
      (t) => {
        for (let i = 0; i < 98; i++) {
          const { TopicArn } = ofPlatform(t);
          const Properties = { TopicArn, Protocol: 'sms', Endpoint: `+1${i}` };
          t.Resources[`Sms${i}`] = { Type: 'AWS::SNS::Subscription', Properties };
        }
      },
      /expected at most 100 subscriptions of a FIFO topic, got 101; give workers/,
    ],
    [
      'records that never expire',
      (t) => delete find(t, 'AWS::DynamoDB::Table')['TimeToLiveSpecification'],
      /expected records to expire by expiresAt, got none; change its TimeToLiveSpecification/,
    ],
    [
      'large values that go before their tasks',
      (t) => lifecycle(t).push({ Status: 'Enabled', ExpirationInDays: 7 }),
      /expected what begins with offload\/45d\/ to expire after 45 days, .* got 7; change the Life/,
    ],
    [
      'large values that stay',
      (t) => lifecycle(t).splice(0),
      /expected what begins with offload\/45d\/ to expire after 45 days, .* got never/,
    ],
    [
      'more resources than a stack has',
      (t) => {
        for (let i = 0; i < 500; i++) t.Resources[`More${i}`] = { Type: 'X::Y::Z', Properties: {} };
      },
      /expected at most 500 resources, CloudFormation's limit of a stack, got \d+ with 2 workers; give/,
    ],
  ])('for %s, and for nothing else', (_what, edit, problem) => {
    expect(problemsOf(broken(edit))).toEqual([expect.stringMatching(problem)]);
  });

  it('for everything at once', () => {
    const template = broken((t) => {
      queue(t, 'mail')['VisibilityTimeout'] = 1;
      delete mapping(t)['FunctionResponseTypes'];
      lifecycle(t).splice(0);
    });
    expect(problemsOf(template)).toHaveLength(3);
  });
});

describe('contracts that fit no queue are refused with the template', () => {
  it('for attempts that outlast what a queue keeps', () => {
    const slow = defineTask('slow.run', {
      ...task,
      retry: { maxAttempts: 40, backoff: { initial: '11h', max: '11h' } },
    });
    const slowFleet = defineFleet([defineWorker('slow', { tasks: [slow] })]);
    expect(() => synthesize(slowFleet)).toThrow(
      /^template: slow\.run: expected all attempts to end within the 864000 seconds/,
    );
  });

  it('for more workers than a stack has resources for, in one line', () => {
    const many = Array.from({ length: 25 }, (_, i) =>
      defineWorker(`w${i}`, { tasks: [defineTask(`w${i}.run`, task)] }),
    );
    expect(() => synthesize(defineFleet(many))).toThrow(
      /^template: expected at most 500 resources.* with 25 workers/,
    );
  });
});
