import { describe, expect, it } from 'vitest';
import { MissingOutputError } from './errors.ts';
import { pascalCase, queueOutputs } from './outputs.ts';
import { fleetEnvironment, queuesEnvironment, serviceEnvironment } from './serviceEnvironment.ts';

const outputs = {
  TopicArn: 'arn:topic',
  TableName: 'tasks',
  BucketName: 'artifacts',
  LayerIndexQueueUrl: 'http://queue/layer-index',
  LayerIndexDeadLetterQueueUrl: 'http://queue/layer-index_dead',
  PlatformQueueUrl: 'http://queue/platform',
  PlatformDeadLetterQueueUrl: 'http://queue/platform_dead',
  Services: 'platform,layer-index',
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

  it('gives a worker with priorities, and the platform, the addresses of all its queues', () => {
    const more = {
      ...outputs,
      LayerIndexQueueUrlHigh: 'http://queue/layer-index_high',
      LayerIndexQueueUrlLow: 'http://queue/layer-index_low',
    };
    const ofStage = { stage: 'dev', outputs: more };
    expect(serviceEnvironment({ ...ofStage, service: 'layer-index' })).toMatchObject({
      TASKFLEET_QUEUE_URL: 'http://queue/layer-index',
      TASKFLEET_HIGH_QUEUE_URL: 'http://queue/layer-index_high',
      TASKFLEET_LOW_QUEUE_URL: 'http://queue/layer-index_low',
    });
    const platform = serviceEnvironment({ ...ofStage, service: 'platform' });
    expect(platform).not.toHaveProperty('TASKFLEET_HIGH_QUEUE_URL');
    expect(JSON.parse(platform.TASKFLEET_QUEUES ?? '')).toMatchObject({
      'layer-index': {
        highQueueUrl: 'http://queue/layer-index_high',
        lowQueueUrl: 'http://queue/layer-index_low',
      },
    });
  });

  it('gives the platform the queues of every service, its own included', () => {
    const { TASKFLEET_QUEUES, ...rest } = serviceEnvironment({
      stage: 'dev',
      outputs,
      service: 'platform',
    });
    expect(rest.TASKFLEET_QUEUE_URL).toBe('http://queue/platform');
    expect(JSON.parse(TASKFLEET_QUEUES ?? '')).toEqual({
      platform: {
        queueUrl: 'http://queue/platform',
        deadLetterQueueUrl: 'http://queue/platform_dead',
      },
      'layer-index': {
        queueUrl: 'http://queue/layer-index',
        deadLetterQueueUrl: 'http://queue/layer-index_dead',
      },
    });
  });

  it('refuses outputs of a stack that does not name its services', () => {
    const { Services: _services, ...older } = outputs;
    expect(() => queuesEnvironment(older)).toThrow('the stack has no output "Services"');
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
