import { expect, it } from 'vitest';
import { inheritedEnvironment } from './inheritedEnvironment.ts';

it('keeps what a process needs, and keeps credentials and profiles out', () => {
  const environment = {
    PATH: '/bin',
    HOME: '/home/ada',
    AWS_PROFILE: 'production',
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_ENDPOINT_URL: 'https://example.com',
    TASKFLEET_STAGE: 'prod',
  };
  expect(inheritedEnvironment(environment)).toEqual({ PATH: '/bin', HOME: '/home/ada' });
});
