import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors.ts';
import { type Environment, fleetConfig, serviceConfig } from './index.ts';

const cloud: Environment = {
  TASKFLEET_STAGE: 'prod',
  AWS_REGION: 'eu-central-1',
  TASKFLEET_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:tasks.fifo',
  TASKFLEET_TABLE: 'tasks',
  TASKFLEET_BUCKET: 'artifacts',
  TASKFLEET_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/export.fifo',
  TASKFLEET_DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/export_dead.fifo',
};
const endpoints: Environment = {
  AWS_ENDPOINT_URL_SNS: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_SQS: 'http://localhost:2',
  AWS_ENDPOINT_URL_DYNAMODB: 'http://[::1]:3',
  AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:4',
};
const local: Environment = { ...cloud, ...endpoints, TASKFLEET_STAGE: 'local' };

function problemsOf(environment: Environment): readonly string[] {
  try {
    serviceConfig(environment);
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
}

describe('configuration', () => {
  it('is typed, complete and frozen', () => {
    const config = serviceConfig({ ...cloud, TASKFLEET_POLL_SECONDS: '2' });
    expect(config).toMatchObject({
      stage: 'prod',
      topicArn: cloud['TASKFLEET_TOPIC_ARN'],
      pollSeconds: 2,
      graceSeconds: 30,
      logLevel: 'info',
      endpoints: undefined,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it.each([
    [undefined, 300],
    ['0', 0],
    ['120', 120],
    ['3600', 3_600],
  ])('takes %s for the watchdog as %i seconds', (value, watchdogSeconds) => {
    const config = serviceConfig({ ...cloud, TASKFLEET_WATCHDOG_SECONDS: value });
    expect(config).toMatchObject({ watchdogSeconds });
  });

  it('has all queues of a worker with priorities, and of no other', () => {
    const queues = {
      TASKFLEET_HIGH_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/export_high.fifo',
      TASKFLEET_LOW_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/export_low.fifo',
    };
    expect(serviceConfig({ ...cloud, ...queues }, { priorities: true })).toMatchObject({
      highQueueUrl: queues.TASKFLEET_HIGH_QUEUE_URL,
      lowQueueUrl: queues.TASKFLEET_LOW_QUEUE_URL,
    });
    expect(() => serviceConfig(cloud, { priorities: true })).toThrow(
      /TASKFLEET_HIGH_QUEUE_URL: is missing.*TASKFLEET_LOW_QUEUE_URL: is missing/,
    );
    expect(() => serviceConfig({ ...cloud, ...queues })).toThrow(
      'TASKFLEET_LOW_QUEUE_URL: expected none, because the contract has no priorities',
    );
  });

  it('reads the endpoints of the stage local', () => {
    expect(fleetConfig(local).endpoints).toEqual({
      sns: 'http://127.0.0.1:1',
      sqs: 'http://localhost:2',
      dynamodb: 'http://[::1]:3',
      s3: 'http://127.0.0.1:4',
    });
  });

  it('says everything that is missing in one message', () => {
    const read = () => serviceConfig({});
    expect(read).toThrow(ConfigError);
    for (const variable of Object.keys(cloud)) expect(read).toThrow(`${variable}: is missing`);
  });

  it('takes an empty variable for a missing one', () => {
    expect(problemsOf({ ...cloud, TASKFLEET_TABLE: '' })).toEqual([
      'TASKFLEET_TABLE: is missing; expected the output TableName',
    ]);
  });

  it.each([
    ['TASKFLEET_POLL_SECONDS', '21', 'expected whole seconds from 0 to 20'],
    ['TASKFLEET_POLL_SECONDS', '-1', 'expected whole seconds from 0 to 20'],
    ['TASKFLEET_POLL_SECONDS', '1.5', 'expected whole seconds from 0 to 20'],
    ['TASKFLEET_POLL_SECONDS', 'soon', 'expected whole seconds from 0 to 20'],
    ['TASKFLEET_POLL_SECONDS', ' ', 'expected whole seconds from 0 to 20'],
    ['TASKFLEET_POLL_SECONDS', '0x10', 'expected whole seconds from 0 to 20'],
    ['TASKFLEET_POLL_SECONDS', '1e1', 'expected whole seconds from 0 to 20'],
    ['TASKFLEET_GRACE_SECONDS', '121', 'expected whole seconds from 0 to 120'],
    ['TASKFLEET_WATCHDOG_SECONDS', '119', 'expected 0, for none, or at least 120 seconds'],
    ['TASKFLEET_WATCHDOG_SECONDS', '3601', 'expected whole seconds from 0 to 3600'],
    ['TASKFLEET_LOG_LEVEL', 'loud', 'expected debug, info, warn or error'],
  ])('refuses %s=%s', (variable, value, problem) => {
    expect(problemsOf({ ...cloud, [variable]: value })).toEqual([`${variable}: ${problem}`]);
  });

  it.each(Object.keys(endpoints))('refuses the stage local without %s', (variable) => {
    expect(() => fleetConfig({ ...local, [variable]: undefined })).toThrow(
      'expected all of them, because the stage "local" never talks to AWS',
    );
  });

  it.each(Object.keys(endpoints))('refuses %s outside the stage local', (variable) => {
    expect(() => fleetConfig({ ...cloud, [variable]: endpoints[variable] })).toThrow(
      'expected none of them outside the stage "local"',
    );
  });

  it('says a missing endpoint together with everything else', () => {
    const problems = problemsOf({ ...local, TASKFLEET_TABLE: '', AWS_ENDPOINT_URL_S3: '' });
    expect(problems.join()).toContain('expected all of them');
    expect(problems.join()).toContain('TASKFLEET_TABLE: is missing');
  });

  it.each([
    ['http://emulator.example:4566', 'expected an address on this machine'],
    ['http://10.0.0.1:4566', 'expected an address on this machine'],
    ['http://127.0.0.1.example:4566', 'expected an address on this machine'],
    ['http://localhost@evil.example', 'expected an address on this machine'],
    ['garbage', 'expected an address such as http://127.0.0.1:4566'],
    ['127.0.0.1:4566', 'expected an address such as http://127.0.0.1:4566'],
  ])('refuses the endpoint %s', (address, problem) => {
    expect(problemsOf({ ...local, AWS_ENDPOINT_URL_SNS: address })).toEqual([
      `AWS_ENDPOINT_URL_SNS: ${problem}`,
    ]);
  });

  it('never repeats a value', () => {
    const wrong = Object.fromEntries(
      [...Object.keys(endpoints), 'TASKFLEET_POLL_SECONDS', 'TASKFLEET_LOG_LEVEL'].map((name) => [
        name,
        'hunter2',
      ]),
    );
    const problems = problemsOf(wrong);
    expect(problems.length).toBeGreaterThan(10);
    expect(problems.join()).not.toContain('hunter2');
  });
});
