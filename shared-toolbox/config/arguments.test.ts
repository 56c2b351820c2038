import { describe, expect, it } from 'vitest';
import { ConfigError } from '../errors.ts';
import { type Environment, fleetConfig, type ServiceArguments, serviceConfig } from './index.ts';

const environment: Environment = {
  TASKFLEET_STAGE: 'prod',
  AWS_REGION: 'eu-central-1',
  TASKFLEET_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:tasks.fifo',
  TASKFLEET_TABLE: 'tasks',
  TASKFLEET_BUCKET: 'artifacts',
  TASKFLEET_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/export.fifo',
  TASKFLEET_DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/export_dead.fifo',
};

function problemsOf(given: ServiceArguments, more: Environment = {}): readonly string[] {
  try {
    serviceConfig({ ...environment, ...more }, { given });
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
}

describe('an argument', () => {
  it('goes before the environment, which goes before the default', () => {
    const told = { ...environment, TASKFLEET_POLL_SECONDS: '7', TASKFLEET_GRACE_SECONDS: '7' };
    const given = { pollSeconds: 5, graceSeconds: undefined };
    expect(serviceConfig(told, { given })).toMatchObject({
      pollSeconds: 5,
      graceSeconds: 7,
      heartbeatSeconds: 10,
    });
  });

  it('stands for a variable that is missing', () => {
    const { TASKFLEET_TABLE: _, ...rest } = environment;
    expect(() => fleetConfig(rest)).toThrow(ConfigError);
    expect(fleetConfig(rest, { tableName: 'mine' }).tableName).toBe('mine');
  });

  it('hides a wrong variable: what is not in force is no problem', () => {
    expect(problemsOf({ pollSeconds: 5 }, { TASKFLEET_POLL_SECONDS: '99' })).toEqual([]);
  });

  it.each([
    [{ pollSeconds: 21 }, 'config.pollSeconds: expected whole seconds from 0 to 20'],
    [{ pollSeconds: Number.NaN }, 'config.pollSeconds: expected whole seconds from 0 to 20'],
    [{ watchdogSeconds: 1 }, 'config.watchdogSeconds: expected 0, for none, or at least 120'],
    [{ logLevel: 'loud' }, 'config.logLevel: expected debug, info, warn or error'],
    [{ tableName: '' }, 'config.tableName: expected the output TableName'],
    [{ pollSecond: 5 }, 'config.pollSecond: is not known; did you mean "pollSeconds"?'],
    [{ colour: 'red' }, 'config.colour: is not known; known are stage, region'],
    [{ pollSeconds: null }, 'config.pollSeconds: expected whole seconds from 0 to 20'],
    [{ stage: 'local' }, 'expected all of them, because the stage "local" never talks to AWS'],
    [{ highQueueUrl: 'https://sqs/high' }, 'config.highQueueUrl: expected none'],
  ])('is held to the same schema: %j is refused', (given, problem) => {
    // As a program without types may give it.
    expect(problemsOf(given as ServiceArguments)).toEqual([expect.stringContaining(problem)]);
  });

  it('that is wrong is told of together with wrong, missing and unknown variables', () => {
    const wrong = { AWS_REGION: '', TASKFLEET_GRACE_SECONDS: '-1', TASKFLEET_TABEL: 'tasks' };
    expect(problemsOf({ pollSeconds: 21 }, wrong)).toEqual([
      'TASKFLEET_TABEL: is not known; did you mean TASKFLEET_TABLE?',
      expect.stringContaining('AWS_REGION: is missing'),
      'config.pollSeconds: expected whole seconds from 0 to 20',
      'TASKFLEET_GRACE_SECONDS: expected whole seconds from 0 to 120',
    ]);
  });
});
