import {
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
  paginateListSubscriptionsByTopic,
} from '@aws-sdk/client-sns';
import {
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { tableBoard } from '@taskfleet/toolbox/breaker';
import { systemClock } from '@taskfleet/toolbox/clock';
import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleFleet } from './sampleFleet.ts';
import { type CliUnderTest, startCliUnderTest } from './startCliUnderTest.ts';
import { newId } from './startPlatformUnderTest.ts';

let cli: CliUnderTest;
beforeAll(async () => {
  cli = await startCliUnderTest();
});
afterAll(() => cli.stop());

interface Printed {
  readonly stage: string;
  readonly ok: boolean;
  readonly checks: readonly {
    subject: string;
    rule: string;
    verdict: string;
    mend?: string;
    note?: string;
  }[];
}

/** What the doctor finds, but for what it never finds on emulators. */
async function findings(...args: string[]) {
  const { exitCode, stdout, stderr } = await cli.run('doctor', '--json', ...args);
  const { checks, ok }: Printed = JSON.parse(stdout);
  const found = checks
    .filter(({ verdict }) => verdict === 'error' || verdict === 'warning')
    .map(({ verdict, subject, rule }) => `${verdict} ${subject}: ${rule}`);
  return { exitCode, stderr, ok, found };
}

const QUICK = ['--no-ping'];
const WELL = { exitCode: 0, stderr: '', ok: true, found: [] };
const ill = (...found: string[]) => ({ exitCode: 1, stderr: '', ok: false, found });

const echo = () => cli.platform.queues.get('echo')!;

async function setQueue(name: string, value: string): Promise<void> {
  const Attributes = { [name]: value };
  const command = new SetQueueAttributesCommand({ QueueUrl: echo().queueUrl, Attributes });
  await cli.platform.clients.sqs.send(command);
}

async function subscriptionOfEcho(): Promise<string> {
  const client = cli.platform.clients.sns;
  const topic = { TopicArn: cli.platform.environment.TASKFLEET_TOPIC_ARN };
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, topic)) {
    const found = Subscriptions.find(({ Endpoint }) => Endpoint?.endsWith('-echo.fifo'));
    if (found?.SubscriptionArn) return found.SubscriptionArn;
  }
  throw new Error('echo has no subscription');
}

async function setSubscription(AttributeName: string, AttributeValue: string): Promise<void> {
  const SubscriptionArn = await subscriptionOfEcho();
  const change = { SubscriptionArn, AttributeName, AttributeValue };
  await cli.platform.clients.sns.send(new SetSubscriptionAttributesCommand(change));
}

describe('taskfleet doctor', () => {
  it('finds nothing wrong with a fleet that is well, and says what it could not check', async () => {
    expect(await findings()).toEqual(WELL);
    const { exitCode, stdout } = await cli.run('doctor');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^✓ {2}ping of echo +2 of 2 +\d+ ms, Node \d+/m);
    expect(stdout).toMatch(/^✓ {2}platform +1 of 1$/m);
    expect(stdout).toMatch(/^\? {2}table +9 of 11 +time to live, point-in-time recovery$/m);
    expect(stdout).toContain('? table: time to live: the emulator deletes nothing by itself');
    expect(stdout).toMatch(/^errors: 0, warnings: 0, not checked: 10$/m);
  });

  it('leaves an ordinary task behind, and says by whom', async () => {
    await findings();
    const { stdout } = await cli.run('list', '--task', 'echo.ping', '--limit', '1', '--json');
    expect(JSON.parse(stdout).tasks).toMatchObject([
      { task: 'echo.ping', state: 'succeeded', creator: 'taskfleet doctor' },
    ]);
  });

  it('schedules nothing with --no-ping', async () => {
    const count = async () => {
      const { stdout } = await cli.run('list', '--limit', '500', '--json');
      return JSON.parse(stdout).tasks.length as number;
    };
    const before = await count();
    expect(await findings('--no-ping')).toEqual(WELL);
    expect(await count()).toBe(before);
  });

  it('finds a changed visibility timeout, and how to set it back', async () => {
    await setQueue('VisibilityTimeout', '40');
    expect(await findings(...QUICK)).toEqual(ill('error queue of echo: visibility timeout'));
    const { stdout } = await cli.run('doctor', ...QUICK);
    expect(stdout).toMatch(
      /^✗ queue of echo: visibility timeout\n {2}cause: expected VisibilityTimeout 12, got 40\n {2}mend: {2}stop npm start/m,
    );
    await setQueue('VisibilityTimeout', '12');
    expect(await findings(...QUICK)).toEqual(WELL);
  });

  it('finds a queue without its redrive policy', async () => {
    await setQueue('RedrivePolicy', '');
    expect(await findings(...QUICK)).toEqual(ill('error queue of echo: redrive'));
    await setQueue(
      'RedrivePolicy',
      JSON.stringify({
        deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:taskfleet-local-echo_dead.fifo',
        maxReceiveCount: 260,
      }),
    );
    expect(await findings(...QUICK)).toEqual(WELL);
  });

  it('finds a filter that lets tasks of others through', async () => {
    await setSubscription('FilterPolicy', '{"worker":["echo","mail"]}');
    expect(await findings(...QUICK)).toEqual(ill('error subscription of echo: filter policy'));
    await setSubscription('FilterPolicy', '{"worker":["echo"]}');
  });

  it('finds raw delivery switched off', async () => {
    await setSubscription('RawMessageDelivery', 'false');
    expect(await findings(...QUICK)).toEqual(ill('error subscription of echo: raw delivery'));
    await setSubscription('RawMessageDelivery', 'true');
  });

  it('finds who else gets the tasks', async () => {
    const { SubscriptionArn } = await cli.platform.clients.sns.send(
      new SubscribeCommand({
        TopicArn: cli.platform.environment.TASKFLEET_TOPIC_ARN,
        Protocol: 'sqs',
        Endpoint: 'arn:aws:sqs:us-east-1:000000000000:taskfleet-local-echo_dead.fifo',
        ReturnSubscriptionArn: true,
      }),
    );
    expect(await findings(...QUICK)).toEqual(ill('error subscriptions: of services only'));
    await cli.platform.clients.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect(await findings(...QUICK)).toEqual(WELL);
  });

  it('warns of dead letters, and stays at exit code 0', async () => {
    const { sqs } = cli.platform.clients;
    const id = newId();
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: echo().deadLetterQueueUrl,
        MessageBody: 'x',
        MessageGroupId: id,
        MessageDeduplicationId: id,
      }),
    );
    expect(await findings(...QUICK)).toEqual({
      ...WELL,
      found: ['warning dead letters of echo: is empty'],
    });
    await sqs.send(new PurgeQueueCommand({ QueueUrl: echo().deadLetterQueueUrl }));
    expect(await findings(...QUICK)).toEqual(WELL);
  });

  it('finds an outage that a process tells of', async () => {
    const { table } = cli.platform;
    const board = tableBoard({ table, name: 'topic', clock: systemClock });
    await board.tell({ id: '1', reason: 'no answer', until: systemClock.now() + 60_000 });
    expect(await findings(...QUICK)).toEqual(ill('error topic: no breaker is open'));
    await board.clear('1');
    expect(await findings(...QUICK)).toEqual(WELL);
  });

  it('finds a worker that is declared and not deployed', async () => {
    const task = defineTask('mail.send', { input: z.string(), output: z.string() });
    const workers = [...sampleFleet.workers, defineWorker('mail', { tasks: [task] })];
    const run = cli.commands({ fleet: defineFleet(workers) });
    const { exitCode, stdout } = await run('doctor', '--no-ping');
    expect(stdout).toContain('✗ queue of mail: is there');
    expect(exitCode).toBe(1);
  });

  it('refuses a worker that nobody declares, and a timeout that is none', async () => {
    const { exitCode, stderr } = await cli.run('doctor', '--worker', 'ecko');
    expect(stderr).toBe('error: no worker is called "ecko"; did you mean "echo"?\n');
    expect(exitCode).toBe(2);
    expect((await cli.run('doctor', '--timeout', 'soon')).exitCode).toBe(2);
  });

  it.each(['SNS', 'SQS', 'DYNAMODB', 'S3'])(
    'exits with 4 and one line without %s',
    async (name) => {
      const nowhere = { [`AWS_ENDPOINT_URL_${name}`]: 'http://127.0.0.1:1' };
      const run = cli.commands({}, { ...cli.platform.environment, ...nowhere });
      const { exitCode, stdout, stderr } = await run('doctor');
      expect(stderr).toMatch(/^error: could not examine the stage: [^\n]*ECONNREFUSED[^\n]*\n$/);
      expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
    },
  );
});
