import { expect, it } from 'vitest';
import { ConfigError } from '../errors.ts';
import { connectFleet } from './connectFleet.ts';

const environment = {
  AWS_REGION: 'eu-central-1',
  TASKFLEET_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:tasks.fifo',
  TASKFLEET_TABLE: 'tasks',
  TASKFLEET_BUCKET: 'artifacts',
};

it('takes settings from its program, and variables that others read', () => {
  const shared = { ...environment, TASKFLEET_URL: 'garbage', TASKFLEET_POLL_SECONDS: 'garbage' };
  const fleet = connectFleet(shared, { config: { stage: 'prod' } });
  expect(fleet.availability()).toMatchObject({ available: true });
  fleet.close();
});

it('refuses a misspelled variable, and a wrong argument, with an error of its own in one message', () => {
  const slip = { ...environment, TASKFLEET_STGE: 'prod' };
  const connect = () => connectFleet(slip, { config: { region: '' } });
  expect(connect).toThrow(ConfigError);
  expect(connect).toThrow(
    /^configuration: TASKFLEET_STGE: is not known; did you mean TASKFLEET_STAGE\?; TASKFLEET_STAGE: is missing.*config\.region: expected/,
  );
});
