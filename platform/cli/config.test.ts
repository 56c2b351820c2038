import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@taskfleet/toolbox/config';
import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NoFleetError } from '../errors.ts';
import { readSettingsHere } from './readSettingsHere.ts';
import { commandLine } from './testing/runInProcess.ts';

const SECRET = 'tf_0123456789abcdef_hunter2';
const stage = {
  TASKFLEET_STAGE: 'prod',
  AWS_REGION: 'eu-central-1',
  TASKFLEET_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:tasks.fifo',
  TASKFLEET_TABLE: 'tasks',
  TASKFLEET_BUCKET: 'artifacts',
};
const anything = { input: z.unknown(), output: z.unknown() };
const settings = {
  server: {
    variable: 'TASKFLEET_EMAIL_SERVER',
    meaning: 'address of the mail server',
    schema: z.url().optional(),
    secret: true,
  },
  from: {
    variable: 'TASKFLEET_EMAIL_FROM',
    meaning: 'who writes',
    schema: z.email('expected an e-mail address').default('me@example.com'),
  },
} as const;
const tasks = [defineTask('email.send', anything)] as const;
const fleet = defineFleet([defineWorker('email', { tasks, settings })]);

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'taskfleet-config-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** The command line as it is started, but for the process. */
function cliIn(environment: Environment) {
  const places = { environment, cwd, isAlive: () => true };
  return commandLine({
    fleet,
    openFleet: () => Promise.reject(new NoFleetError()),
    readSettings: async (reader, where = {}) => readSettingsHere({ reader, where, places, fleet }),
  });
}

/** A fleet that runs in the folder. */
function writeNote(): void {
  const environment = { ...stage, TASKFLEET_STAGE: 'local', TASKFLEET_TABLE: 'local-tasks' };
  const endpoints = ['SNS', 'SQS', 'DYNAMODB', 'S3'].map((service) => [
    `AWS_ENDPOINT_URL_${service}`,
    'http://127.0.0.1:4566',
  ]);
  const note = { v: 1, pid: 1, environment: { ...environment, ...Object.fromEntries(endpoints) } };
  mkdirSync(join(cwd, '.taskfleet'));
  writeFileSync(join(cwd, '.taskfleet', 'local.json'), JSON.stringify(note));
}

interface Printed {
  readonly settings: readonly Readonly<Record<string, unknown>>[];
  readonly problems: readonly string[];
}

async function printed(environment: Environment, ...words: string[]) {
  const { stdout, exitCode } = await cliIn(environment)('config', 'print', '--json', ...words);
  const { settings, problems } = JSON.parse(stdout) as Printed;
  const of = (name: string) => settings.find((one) => one['name'] === name);
  return { exitCode, problems, of, names: settings.map(({ name }) => name) };
}

describe('taskfleet config print', () => {
  it('shows values and where they come from', async () => {
    const environment = { ...stage, TASKFLEET_POLL_SECONDS: '5' };
    const { exitCode, stdout, stderr } = await cliIn(environment)('config', 'print');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^VARIABLE +FROM +VALUE\n/);
    expect(stdout).toMatch(/\nTASKFLEET_TABLE +environment +tasks\n/);
    expect(stdout).toMatch(/\nTASKFLEET_POLL_SECONDS +environment +5\n/);
    expect(stdout).toMatch(/\nTASKFLEET_GRACE_SECONDS +default +30\n/);
    expect(stdout).toMatch(/\nTASKFLEET_URL +not set +-\n/);
    expect(stdout).toMatch(/\nTASKFLEET_HOME +default +\.taskfleet in the repository\n/);
  });

  it('explains each: meaning, unit, bounds, default, argument, readers', async () => {
    const { stdout } = await cliIn({})('config', 'print', '--explain', '--for', 'worker');
    expect(stdout).toContain(
      [
        'TASKFLEET_POLL_SECONDS = 20 (default)',
        '  how long a receive waits for messages: shorter stops sooner, longer costs less',
        '  unit: seconds',
        '  values: 0 to 20',
        '  default: 20',
        '  argument: pollSeconds',
        '  read by: worker, platform',
      ].join('\n'),
    );
  });

  it('takes an argument before the environment', async () => {
    const url = { TASKFLEET_URL: 'https://prod.example.com' };
    const { of } = await printed(url, '--url', 'https://dev.example.com/');
    expect(of('url')).toMatchObject({ value: 'https://dev.example.com', origin: 'argument' });
    const { stdout } = await cliIn(url)('config', 'print', '--url', 'https://dev.example.com');
    expect(stdout).toMatch(/\nTASKFLEET_URL +argument --url +https:\/\/dev\.example\.com\n/);
  });

  it("has the workers' own settings, and no secret of them", async () => {
    const environment = { TASKFLEET_EMAIL_SERVER: 'smtp://me:hunter22@mx.example.com' };
    const { of, problems } = await printed(environment, '--for', 'worker', '--explain');
    const name = 'email.server';
    expect(of(name)).toMatchObject({ origin: 'environment', value: null, argument: null });
    expect(of('email.from')).toMatchObject({ value: 'me@example.com', meaning: 'who writes' });
    expect(problems.join()).not.toContain('EMAIL');
    const wrong = await printed({ TASKFLEET_EMAIL_FROM: 'nobody' });
    expect(wrong.problems).toContain('TASKFLEET_EMAIL_FROM: expected an e-mail address');
    expect((await printed({}, '--for', 'cli')).of(name)).toBeUndefined();
  });

  it('finds the fleet that runs here, where the command line would ask it', async () => {
    writeNote();
    const near = await printed({});
    expect(near).toMatchObject({ exitCode: 0, problems: [] });
    expect(near.of('tableName')).toMatchObject({ value: 'local-tasks', origin: 'local fleet' });
    expect(near.of('pollSeconds')).toMatchObject({ value: 20, origin: 'default' });
    for (const named of [stage, { TASKFLEET_URL: 'https://prod.example.com' }]) {
      expect((await printed(named)).of('tableName')).not.toMatchObject({ origin: 'local fleet' });
    }
    const ofWorker = await printed({}, '--for', 'worker');
    expect(ofWorker.of('tableName')).toMatchObject({ origin: 'not set' });
  });

  it('finds the fleet also where another variable is wrong', async () => {
    writeNote();
    const { of, problems } = await printed({ TASKFLEET_POL_SECONDS: '5' });
    expect(of('stage')).toMatchObject({ value: 'local', origin: 'local fleet' });
    expect(problems).toEqual([expect.stringContaining('did you mean TASKFLEET_POLL_SECONDS?')]);
  });

  it('never shows a secret, right or wrong', async () => {
    const file = join(cwd, 'token');
    writeFileSync(file, SECRET);
    const url = 'https://prod.example.com';
    for (const environment of [
      { TASKFLEET_URL: url, TASKFLEET_TOKEN: SECRET },
      { TASKFLEET_URL: url, TASKFLEET_TOKEN: `${SECRET} ${SECRET}` },
      { TASKFLEET_URL: `https://me:${SECRET}@example.com` },
      { TASKFLEET_URL: url },
    ]) {
      for (const words of [[], ['--json'], ['--explain'], ['--json', '--explain']]) {
        const ran = await cliIn(environment)('config', 'print', '--token-file', file, ...words);
        const alone = await cliIn(environment)('config', 'print', ...words);
        expect(JSON.stringify([ran, alone])).not.toContain('hunter2');
      }
    }
    const { stdout } = await cliIn({ TASKFLEET_TOKEN: SECRET })('config', 'print');
    expect(stdout).toMatch(/\nTASKFLEET_TOKEN +environment +set, not shown\n/);
  });

  it('shows a wrong value as wrong, and says all that is wrong in one line', async () => {
    const wrong = {
      ...stage,
      TASKFLEET_TABLE: '',
      TASKFLEET_POLL_SECONDS: '99',
      TASKFLEET_LOG_LEVL: 'info',
      TASKFLEET_QUEUES: '{',
      TASKFLEET_OIDC_AUDIENCE: 'fleet',
      TASKFLEET_URL: '',
    };
    const { exitCode, stdout, stderr } = await cliIn(wrong)('config', 'print');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/\nTASKFLEET_POLL_SECONDS +environment +wrong\n/);
    expect(stdout).toMatch(/\nTASKFLEET_TABLE +not set +missing\n/);
    expect(stderr).toMatch(/^error: configuration: [^\n]+\n$/);
    for (const problem of [
      'TASKFLEET_LOG_LEVL: is not known; did you mean TASKFLEET_LOG_LEVEL?',
      'TASKFLEET_TABLE: is missing',
      'TASKFLEET_POLL_SECONDS: expected whole seconds from 0 to 20',
      'TASKFLEET_QUEUES: expected {"<service>"',
      'TASKFLEET_OIDC_ISSUER: is missing; expected it beside TASKFLEET_OIDC_AUDIENCE',
    ]) {
      expect(stderr).toContain(problem);
    }
    const { of, problems } = await printed(wrong);
    expect(problems).toHaveLength(5);
    expect(of('pollSeconds')).toMatchObject({ value: null, problem: expect.any(String) });
  });

  it.each([
    ['worker', stage, 'TASKFLEET_QUEUE_URL: is missing'],
    ['scheduler', {}, 'TASKFLEET_STAGE: is missing'],
    ['platform', { ...stage, TASKFLEET_HIGH_QUEUE_URL: 'https://sqs/high' }, 'expected none'],
    ['local', { HOST: '0.0.0.0' }, 'HOST: 0.0.0.0 can be reached from other machines'],
    ['cli', { TASKFLEET_STAGE: 'prod' }, 'TASKFLEET_TABLE: is missing'],
    ['cli', { TASKFLEET_URL: 'http://prod.example.com' }, 'TASKFLEET_URL: expected https'],
  ])('for %s finds what it would refuse', async (reader, environment, problem) => {
    const { exitCode, problems } = await printed(environment, '--for', reader);
    expect(exitCode).toBe(2);
    expect(problems).toContainEqual(expect.stringContaining(problem));
  });

  it.each([
    ['scheduler', stage],
    ['local', { TASKFLEET_STAGE: 'prod' }],
    ['cli', {}],
    ['cli', stage],
    ['cli', { TASKFLEET_URL: 'https://prod.example.com' }],
    // With an address nothing else is read.
    ['cli', { TASKFLEET_URL: 'https://prod.example.com', TASKFLEET_STAGE: 'local' }],
  ])('for %s is content with what is enough for it', async (reader, environment) => {
    const { exitCode, problems, names } = await printed(environment, '--for', reader);
    expect({ exitCode, problems }).toEqual({ exitCode: 0, problems: [] });
    expect(names.includes('graceSeconds')).toBe(false);
  });

  it('refuses a reader that there is not', async () => {
    const { exitCode, stderr } = await cliIn({})('config', 'print', '--for', 'everybody');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Allowed choices are scheduler, worker, platform, cli, local');
  });
});
