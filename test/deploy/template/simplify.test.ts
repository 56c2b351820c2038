import { describe, expect, it } from 'vitest';
import { simplify } from './simplify.ts';
import { templateSchema } from './template.ts';

const metric = { MetricName: 'Waiting', Namespace: 'AWS/SQS', Dimensions: [] };
const template = templateSchema.parse({
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { From: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, Vpc: { Ref: 'Vpc' } },
    },
    Plain: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...metric, Threshold: 1 } },
    Math: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Threshold: 2,
        Metrics: [
          { Id: 'share', Expression: 'waiting * 2' },
          { Id: 'waiting', MetricStat: { Metric: metric, Stat: 'Maximum', Period: 60 } },
        ],
      },
    },
  },
});

describe('simplify', () => {
  it('has an alarm on metric math watch its first metric, and keeps the rest of it', () => {
    expect(simplify(template).template.Resources['Math']?.Properties).toEqual({
      ...metric,
      Period: 60,
      Statistic: 'Sum',
      Threshold: 2,
    });
  });

  it("writes a network's range where it is asked for, and other references stay", () => {
    expect(simplify(template).template.Resources['Group']?.Properties).toEqual({
      From: '10.0.0.0/16',
      Vpc: { Ref: 'Vpc' },
    });
  });

  it('names what it changed, and leaves the rest alone', () => {
    const { simplified, template: after } = simplify(template);
    expect(simplified).toEqual(['Group', 'Math']);
    expect(after.Resources['Plain']).toEqual(template.Resources['Plain']);
  });
});
