import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { localConfig, toldEnvironment } from './localConfig.ts';

it.each([
  [{}, { home: undefined, wantsKeys: false }],
  [{ TASKFLEET_HOME: '/tmp/other' }, { home: '/tmp/other', wantsKeys: false }],
  [
    { TASKFLEET_API_KEYS: 'on', HOST: '0.0.0.0' },
    { home: undefined, wantsKeys: true },
  ],
  // The stage of another shell's work is not this one's.
  [{ TASKFLEET_STAGE: 'prod' }, { home: undefined, wantsKeys: false }],
])('takes %j', (environment, config) => {
  expect(localConfig(environment)).toEqual(config);
});

it.each([
  [{ HOST: '0.0.0.0' }, 'HOST: 0.0.0.0 can be reached from other machines'],
  [{ TASKFLEET_STAGE: 'prod', HOST: '0.0.0.0' }, 'HOST: 0.0.0.0 can be reached'],
  [{ PORT: '70000' }, 'PORT: expected a whole number from 0 to 65535'],
  [{ TASKFLEET_OIDC_AUDIENCE: 'fleet' }, 'TASKFLEET_OIDC_ISSUER: is missing'],
  [{ TASKFLEET_HOEM: '/tmp/other' }, 'TASKFLEET_HOEM: is not known; did you mean TASKFLEET_HOME?'],
  [{ HOST: '::', TASKFLEET_PROXIES: 'x' }, /HOST: :: .*TASKFLEET_PROXIES: expected/],
])('refuses %j', (environment, problem) => {
  expect(() => localConfig(environment)).toThrow(problem);
});

const send = defineTask('mail.send', { input: z.object({}), output: z.void() });
const print = defineTask('print.page', { input: z.object({}), output: z.void() });
const from = { variable: 'TASKFLEET_MAIL_FROM', meaning: 'who writes', schema: z.string() };
const fleet = defineFleet([
  defineWorker('mail', { tasks: [send], settings: { from } }),
  defineWorker('print', { tasks: [print] }),
]);

it('gives the platform and each worker what is said of it, and nothing else', () => {
  const ofPlatform = {
    HOST: '127.0.0.1',
    PORT: '0',
    TASKFLEET_PROXIES: '1',
    TASKFLEET_API_KEYS: 'on',
  };
  const others = { TASKFLEET_STAGE: 'prod', TASKFLEET_TOKEN: 'tf_x', AWS_PROFILE: 'production' };
  const ofMail = { TASKFLEET_MAIL_FROM: 'me@example.com' };
  const all = { ...ofPlatform, ...ofMail, ...others };
  expect(toldEnvironment(fleet, 'platform', all)).toEqual(ofPlatform);
  expect(toldEnvironment(fleet, 'mail', all)).toEqual(ofMail);
  expect(toldEnvironment(fleet, 'print', all)).toEqual({});
});
