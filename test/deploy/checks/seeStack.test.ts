import { describe, expect, it } from 'vitest';
import type { Answer, Question } from '../askAws.ts';
import { templateSchema } from '../template/template.ts';
import { seeStack } from './seeStack.ts';

const template = templateSchema.parse({
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: {}, VisibilityTimeout: 30 } },
    Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }] } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: true } },
    Rule: { Type: 'AWS::Events::Rule' },
    Alarm: { Type: 'AWS::CloudWatch::Alarm' },
  },
});
const physicalIds = new Map([
  ['Queue', 'http://queue'],
  ['Policy', 'policy-1'],
  ['Topic', 'arn:topic'],
  ['Rule', 'rule-1'],
]);

/** Answers by what is looked for; everything else is an error. */
function asking(answers: Readonly<Record<string, unknown>>) {
  const questions: Question[] = [];
  return {
    questions,
    ask: async (asked: readonly Question[]): Promise<Answer[]> => {
      questions.push(...asked);
      return asked.map(({ find }) =>
        find in answers ? { value: answers[find] } : { error: 'not there' },
      );
    },
  };
}

describe('seeStack', () => {
  it('tells what is there, what is not, and what nobody can tell', async () => {
    const { ask } = asking({
      'Attributes.QueueArn': 'arn:queue',
      'Attributes.RedrivePolicy': null,
      'Attributes.Policy': '{}',
    });
    expect(await seeStack(ask, template, physicalIds)).toEqual({
      seen: ['Queue', 'Policy'],
      missing: ['Alarm', 'Topic'],
      without: [{ logicalId: 'Queue', property: 'RedrivePolicy' }],
      onlyListed: ['Rule'],
    });
  });

  it('asks about a policy at what it is the policy of', async () => {
    const { ask, questions } = asking({});
    await seeStack(ask, template, physicalIds);
    const ofPolicy = questions.find(({ find }) => find === 'Attributes.Policy');
    expect(ofPolicy?.parameters['QueueUrl']).toBe('http://queue');
  });

  it('takes an empty list for nothing', async () => {
    const { ask } = asking({ MetricAlarms: [] });
    const withAlarm = new Map([...physicalIds, ['Alarm', 'alarm-1']]);
    expect((await seeStack(ask, template, withAlarm)).missing).toContain('Alarm');
  });
});
