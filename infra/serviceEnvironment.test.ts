import { describe, expect, it } from 'vitest';
import { MissingOutputError } from './errors.ts';
import { pascalCase, queueOutputs } from './outputs.ts';
import { fleetEnvironment, serviceEnvironment } from './serviceEnvironment.ts';

const outputs = {
  TopicArn: 'arn:topic',
  TableName: 'tasks',
  BucketName: 'artifacts',
  LayerIndexQueueUrl: 'http://queue/layer-index',
  LayerIndexDeadLetterQueueUrl: 'http://queue/layer-index_dead',
};

describe('serviceEnvironment', () => {
  it('gives a worker the fleet and its own queue', () => {
    expect(serviceEnvironment({ stage: 'dev', outputs, service: 'layer-index' })).toEqual({
      TASKFLEET_STAGE: 'dev',
      TASKFLEET_TOPIC_ARN: 'arn:topic',
      TASKFLEET_TABLE: 'tasks',
      TASKFLEET_BUCKET: 'artifacts',
      TASKFLEET_QUEUE_URL: 'http://queue/layer-index',
      TASKFLEET_DEAD_LETTER_QUEUE_URL: 'http://queue/layer-index_dead',
    });
  });

  it('refuses a service that the stack does not have, naming the output', () => {
    expect(() => serviceEnvironment({ stage: 'dev', outputs, service: 'email' })).toThrow(
      new MissingOutputError('EmailQueueUrl', Object.keys(outputs)),
    );
  });
});

describe('fleetEnvironment', () => {
  it('has no queue', () => {
    expect(Object.keys(fleetEnvironment({ stage: 'dev', outputs }))).toEqual([
      'TASKFLEET_STAGE',
      'TASKFLEET_TOPIC_ARN',
      'TASKFLEET_TABLE',
      'TASKFLEET_BUCKET',
    ]);
  });

  it('refuses outputs of something else', () => {
    expect(() => fleetEnvironment({ stage: 'dev', outputs: {} })).toThrow(
      'the stack has no output "TopicArn" (it has none); deploy it again',
    );
  });
});

describe('output names', () => {
  it.each([
    ['platform', 'PlatformQueueUrl'],
    ['layer-index', 'LayerIndexQueueUrl'],
    ['s3', 'S3QueueUrl'],
  ])('are made from %s', (service, queueUrl) => {
    expect(queueOutputs(service).queueUrl).toBe(queueUrl);
  });

  it('take letters and digits only', () => {
    expect(pascalCase('a--b-2-')).toBe('AB2');
  });
});
