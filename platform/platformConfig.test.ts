import { ConfigError } from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { platformConfig } from './platformConfig.ts';

const pair = { queueUrl: 'https://sqs/email', deadLetterQueueUrl: 'https://sqs/email_dead' };

const environment = {
  TASKFLEET_STAGE: 'prod',
  AWS_REGION: 'eu-central-1',
  TASKFLEET_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:tasks.fifo',
  TASKFLEET_TABLE: 'tasks',
  TASKFLEET_BUCKET: 'artifacts',
  TASKFLEET_QUEUE_URL: 'https://sqs/platform',
  TASKFLEET_DEAD_LETTER_QUEUE_URL: 'https://sqs/platform_dead',
  TASKFLEET_QUEUES: JSON.stringify({ email: pair }),
};

describe('the configuration of the platform', () => {
  it('has the queues of every service', () => {
    const { service, queues } = platformConfig(environment);
    expect(service.tableName).toBe('tasks');
    expect([...queues]).toEqual([['email', pair]]);
  });

  it('says everything that is missing in one message', () => {
    const read = () => platformConfig({});
    expect(read).toThrow(ConfigError);
    expect(read).toThrow('TASKFLEET_STAGE: is missing');
    expect(read).toThrow('TASKFLEET_QUEUES: is missing; expected {"<service>": {"queueUrl": …');
  });

  it.each(['email', '[]', '{"email":"https://sqs/email"}', '{"email":{"queueUrl":"hunter2"}}'])(
    'refuses queues like %s, and does not repeat them',
    (TASKFLEET_QUEUES) => {
      const read = () => platformConfig({ ...environment, TASKFLEET_QUEUES });
      expect(read).toThrow(/^configuration: TASKFLEET_QUEUES: expected \{"<service>"/);
      expect(read).not.toThrow('hunter2');
    },
  );

  describe('listens', () => {
    const endpoints = ['SNS', 'SQS', 'DYNAMODB', 'S3'].map((name) => [
      `AWS_ENDPOINT_URL_${name}`,
      'http://127.0.0.1:4566',
    ]);
    const local = { ...environment, ...Object.fromEntries(endpoints), TASKFLEET_STAGE: 'local' };
    const keys = { TASKFLEET_API_KEYS: 'on' };

    it.each([
      [environment, '0.0.0.0', 'credentials'],
      [{ ...environment, HOST: '127.0.0.1' }, '127.0.0.1', 'credentials'],
      [local, '127.0.0.1', 'open'],
      [{ ...local, ...keys }, '127.0.0.1', 'credentials'],
      [{ ...local, ...keys, HOST: '0.0.0.0' }, '0.0.0.0', 'credentials'],
    ])('by what it knows of who may: %#', (given, host, kind) => {
      const { api, identity } = platformConfig(given);
      expect([api.host, identity.kind]).toEqual([host, kind]);
    });

    it.each(['0.0.0.0', '::', '192.168.1.2', 'laptop'])('never openly on %s', (HOST) => {
      const read = () => platformConfig({ ...local, HOST });
      expect(read).toThrow(`HOST: ${HOST} can be reached from other machines`);
    });
  });
});
