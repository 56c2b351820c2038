import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { givenSettings } from './givenSettings.ts';

const task = { input: z.unknown(), output: z.unknown() };
const fleet = defineFleet([
  defineWorker('mail', {
    tasks: [defineTask('mail.send', task)],
    settings: {
      from: {
        variable: 'TASKFLEET_MAIL_FROM',
        meaning: 'who writes',
        schema: z.email('expected an e-mail address'),
      },
      server: {
        variable: 'TASKFLEET_MAIL_SERVER',
        meaning: 'address of the mail server',
        schema: z.url().optional(),
        secret: true,
      },
    },
  }),
  defineWorker('export', { tasks: [defineTask('export.run', task)] }),
]);

const FROM = { 'setting.TASKFLEET_MAIL_FROM': 'me@example.com' };

it('gives each worker its own, secrets as names of parameters', () => {
  const server = { 'setting.TASKFLEET_MAIL_SERVER': '/acme/prod/smtp' };
  expect(givenSettings({ stage: 'prod', ...FROM, ...server }, fleet)).toEqual(
    new Map([
      [
        'mail',
        {
          environment: { TASKFLEET_MAIL_FROM: 'me@example.com' },
          secrets: { TASKFLEET_MAIL_SERVER: '/acme/prod/smtp' },
        },
      ],
      ['export', { environment: {}, secrets: {} }],
    ]),
  );
});

it.each([
  [{}, 'setting.TASKFLEET_MAIL_FROM: is missing, and worker "mail" has no default for it'],
  [{ 'setting.TASKFLEET_MAIL_FROM': 'me' }, 'TASKFLEET_MAIL_FROM: expected an e-mail address'],
  [
    { ...FROM, 'setting.TASKFLEET_MAIL_FORM': 'x' },
    'setting.TASKFLEET_MAIL_FORM: expected a setting of a worker (TASKFLEET_MAIL_FROM)',
  ],
  [
    { ...FROM, 'setting.TASKFLEET_MAIL_SERVER': 'smtp://me:hunter22@mx.example.com' },
    'setting.TASKFLEET_MAIL_SERVER: expected the name of a SecureString parameter',
  ],
])('refuses %o, and repeats no value', (context, problem) => {
  const given = () => givenSettings(context, fleet);
  expect(given).toThrow(problem);
  expect(given).not.toThrow('hunter22');
});
