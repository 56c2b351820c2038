import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { putArtifact } from '@taskfleet/toolbox/artifacts';
import { readTasks } from '@taskfleet/toolbox/table';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { operatorStatements } from '../../infra/permissions/operatorStatements.ts';
import { platformStatements } from '../../infra/permissions/platformStatements.ts';
import { schedulerStatements } from '../../infra/permissions/schedulerStatements.ts';
import { workerStatements } from '../../infra/permissions/workerStatements.ts';
import { clientsOf, resourcesOf, serviceQueues } from '../fixtures/startParts.ts';
import { isAllowed } from './isAllowed.ts';
import { copyFile, shout } from './officeFleet.ts';
import { BUCKET, type Office, openOffice, TABLE } from './openOffice.ts';

const PATIENCE = { timeout: 30_000 } as const;

let started: AsyncDisposableStack;
let office: Office;
beforeEach(async () => {
  started = new AsyncDisposableStack();
  office = await openOffice(started);
});
afterEach(async () => started.disposeAsync());

describe('with its role alone, a fleet', () => {
  it('runs small and large tasks, children and files', async () => {
    const { scheduler, refused } = office.start();
    const { s3 } = clientsOf(office.stack);
    const bucket = { s3, bucketName: resourcesOf(office.stack).bucketName };
    const body = new TextEncoder().encode('text');
    const file = { key: 'uploads/a.txt', body, contentType: 'text/plain' };
    const ref = await putArtifact(bucket, file);
    const copied = await scheduler.schedule(copyFile, { ref });
    expect(await copied.result(PATIENCE_TEXT)).toEqual({ ref: 'artifact:office/a.txt' });
    const large = await scheduler.schedule(shout, { text: 'x'.repeat(300_000), times: 1 });
    expect((await large.result(PATIENCE_TEXT)).text).toHaveLength(300_000);
    const parent = await scheduler.schedule(shout, { text: 'child', times: 2 });
    expect(await parent.result(PATIENCE_TEXT)).toEqual({ text: 'CHILD' });
    expect(refused()).toEqual([]);
  });

  it('fails tasks, and buries what it cannot read', async () => {
    const { scheduler, operator, refused } = office.start();
    const failing = await scheduler.schedule(shout, { text: 'fail', times: 1 });
    await expect(failing.result(PATIENCE_TEXT)).rejects.toThrow('failed');
    const { sqs, dynamodb } = clientsOf(office.stack);
    const id = `office_${'0a'.repeat(16)}` as const;
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: serviceQueues(office.stack, 'office').queueUrl,
        MessageBody: JSON.stringify({
          v: 1,
          id,
          root: id,
          task: 'office.none',
          input: 1,
          createdAt: 1,
        }),
        MessageGroupId: id,
        MessageDeduplicationId: id,
      }),
    );
    const table = { dynamodb, tableName: resourcesOf(office.stack).tableName };
    const stateOf = async () => (await readTasks(table, [id]))[0]?.state;
    await expect.poll(stateOf, PATIENCE).toBe('dead');
    expect((await operator.letters.list({ limit: 10 })).letters).toMatchObject([{ id }]);
    await operator.letters.redrive(id, { timeoutMs: 20_000 });
    await expect.poll(stateOf, PATIENCE).toBe('dead');
    await operator.letters.purge(id);
    expect((await operator.list()).tasks.length).toBeGreaterThan(0);
    expect(refused()).toEqual([]);
  });

  it('is told that a running task is to be cancelled', async () => {
    const { scheduler, operator, refused } = office.start();
    const { id } = await scheduler.schedule(shout, { text: 'wait', times: 1 });
    await expect
      .poll(async () => operator.cancel(id).catch(() => 'unknown'), PATIENCE)
      .toBe('asked');
    const { dynamodb } = clientsOf(office.stack);
    const table = { dynamodb, tableName: resourcesOf(office.stack).tableName };
    const stateOf = async () => (await readTasks(table, [id]))[0]?.state;
    await expect.poll(stateOf, PATIENCE).toBe('cancelled');
    expect(refused()).toEqual([]);
  });

  it('defers tasks, gives them another time, and cancels them', async () => {
    const { scheduler, operator, refused } = office.start();
    const soon = await scheduler.schedule(shout, { text: 'soon', times: 1 }, { delay: '1s' });
    const options = { delay: '1d', idempotencyKey: 'k' } as const;
    const { id } = await scheduler.schedule(shout, { text: 'later', times: 1 }, options);
    await operator.reschedule(id);
    expect(await operator.cancel(id)).toBe('cancelled');
    expect(await soon.result(PATIENCE_TEXT)).toEqual({ text: 'SOON' });
    expect(refused()).toEqual([]);
  });

  it('keeps durable tasks while the topic is away, and runs them afterwards', async () => {
    const { scheduler, refused } = office.start();
    await office.stack.queues.stop();
    const asked = Array.from({ length: 5 }, async () =>
      scheduler.schedule(shout, { text: 'later', times: 1 }, { durable: true }),
    );
    const handles = await Promise.all(asked);
    await office.stack.queues.restart();
    for (const handle of handles) {
      expect(await handle.result(PATIENCE_TEXT)).toEqual({ text: 'LATER' });
    }
    expect(refused()).toEqual([]);
  });
});

const PATIENCE_TEXT = { timeout: '30s' } as const;

describe('the role of a worker', () => {
  const item = (action: string, key: string) => ({
    action: `dynamodb:${action}`,
    resource: TABLE,
    leadingKeys: [key],
  });
  const object = (action: string, key: string) => ({
    action: `s3:${action}`,
    resource: `${BUCKET}/${key}`,
  });
  const queue = (action: string, name: string) => ({
    action: `sqs:${action}`,
    resource: `arn:aws:sqs:us-east-1:1:taskfleet-local-${name}.fifo`,
  });

  it.each([
    ["another worker's result", item('UpdateItem', `result#mail_${'0'.repeat(32)}`)],
    ['a result of a worker whose name begins alike', item('UpdateItem', 'result#office-2_0')],
    ['any definition', item('PutItem', 'task#office_0')],
    ['its own result without a claim', item('PutItem', 'result#office_0')],
    ['a dead letter', item('PutItem', 'dead#office_0')],
    ['what its worker is told', item('PutItem', 'control#office')],
    ['the whole table', { action: 'dynamodb:Scan', resource: TABLE }],
    ['an index', { action: 'dynamodb:Query', resource: `${TABLE}/index/recent` }],
    ["another worker's file", object('PutObject', 'mail/a.txt')],
    ["another worker's file to read", object('GetObject', 'mail/a.txt')],
    [
      "another task's large input to read",
      object('GetObject', 'offload/45d/mail/mail_0/input.json'),
    ],
    ["another worker's large output", object('PutObject', 'offload/45d/mail/mail_0/output-1.json')],
    ["people's uploads to write", object('PutObject', 'uploads/a.txt')],
    ["another worker's queue", queue('ReceiveMessage', 'mail')],
    ["the platform's queue", queue('ReceiveMessage', 'platform')],
    ['its own queue to send to', queue('SendMessage', 'office')],
    ['its dead letters to read', queue('ReceiveMessage', 'office_dead')],
    ['a purge', queue('PurgeQueue', 'office')],
  ])('does not allow %s', (_what, request) => {
    const own = { stage: office.stage(), queues: office.queueArns('office') };
    const statements = workerStatements({ worker: 'office', ...own });
    const policy = statements.map((statement): unknown => statement.toStatementJson());
    expect(isAllowed(policy, request)).toBe(false);
  });

  it('names no resource by a star alone, and no action by any', () => {
    const own = { stage: office.stage(), queues: office.queueArns('office') };
    const roles = [
      ...workerStatements({ worker: 'office', ...own }),
      ...operatorStatements({ stage: office.stage(), queues: [office.queueArns('office')] }),
      ...platformStatements({ ...own, workerQueues: [office.queueArns('office')] }),
      ...schedulerStatements(office.stage()),
    ];
    for (const { actions, resources } of roles) {
      expect(resources).not.toContain('*');
      expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    }
  });
});
