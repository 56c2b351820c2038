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

  it('takes arguments before the environment, as values of their own types', () => {
    const told = { ...environment, PORT: '1', TASKFLEET_POLL_SECONDS: '7', TASKFLEET_QUEUES: '{}' };
    const embedders = ['https://app.example.com'];
    const given = { port: 2, queues: { email: pair }, embedders, graceSeconds: 3 };
    const { api, queues, dashboard, service } = platformConfig(told, given);
    expect(api.port).toBe(2);
    expect([...queues]).toEqual([['email', pair]]);
    expect(dashboard).toEqual({ embedders });
    expect(service).toMatchObject({ pollSeconds: 7, graceSeconds: 3 });
    expect(service).not.toHaveProperty('port');
  });

  it('says each problem of all parts once', () => {
    const wrong = { ...environment, TASKFLEET_QUEUS: '{}', TASKFLEET_OIDC_AUDIENCE: 'fleet' };
    const given = { port: -1, embedder: [], highQueueUrl: 'https://sqs/high' };
    expect(() => platformConfig(wrong, given)).toThrow(
      expect.objectContaining({
        problems: [
          'TASKFLEET_QUEUS: is not known; did you mean TASKFLEET_QUEUES?',
          'config.embedder: is not known; did you mean "embedders"?',
          expect.stringContaining('config.highQueueUrl: expected none'),
          'TASKFLEET_OIDC_ISSUER: is missing; expected it beside TASKFLEET_OIDC_AUDIENCE',
          'config.port: expected a whole number from 0 to 65535',
        ],
      }),
    );
  });

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
