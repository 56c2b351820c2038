import { describe, expect, it } from 'vitest';
import { operatorStatements } from '../../infra/permissions/operatorStatements.ts';
import { platformStatements } from '../../infra/permissions/platformStatements.ts';
import { schedulerStatements } from '../../infra/permissions/schedulerStatements.ts';
import type { QueueArns } from '../../infra/permissions/statements.ts';
import { workerStatements } from '../../infra/permissions/workerStatements.ts';
import { isAllowed } from './isAllowed.ts';
import { BUCKET, TABLE } from './stageArns.ts';

const TOPIC = 'arn:aws:sns:us-east-1:1:taskfleet-local.fifo';

const stage = () => ({ topic: TOPIC, table: TABLE, bucket: BUCKET });
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:1:taskfleet-local-${name}.fifo`;
const queueArns = (service: string): QueueArns => ({
  queue: queueArn(service),
  deadLetterQueue: queueArn(`${service}_dead`),
});

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
    resource: queueArn(name),
  });

  it.each([
    ["another worker's result", item('UpdateItem', `result#mail_${'0'.repeat(32)}`)],
    ['a result of a worker whose name begins alike', item('UpdateItem', 'result#office-2_0')],
    ['any definition', item('PutItem', 'task#office_0')],
    ['its own result without a claim', item('PutItem', 'result#office_0')],
    ['a dead letter', item('PutItem', 'dead#office_0')],
    ['what its worker is told', item('PutItem', 'control#office')],
    ['what another worker is told to read', item('GetItem', 'control#mail')],
    ["another worker's heartbeat", item('PutItem', 'worker#mail_0')],
    ['a heartbeat of a worker whose name begins alike', item('DeleteItem', 'worker#office-2_0')],
    ["another worker's statistics", item('UpdateItem', 'stats#mail#2026-11-21T12#0')],
    [
      'statistics of a worker whose name begins alike',
      item('UpdateItem', 'stats#office-2#2026-11-21T12#0'),
    ],
    ["the platform's statistics", item('UpdateItem', 'stats#platform#2026-11-21T12#0')],
    ['its own statistics to be replaced', item('PutItem', 'stats#office#2026-11-21T12#0')],
    ['statistics to be read', item('BatchGetItem', 'stats#mail#2026-11-21T12#0')],
    ["the log of another worker's task", item('PutItem', `log#mail_${'0'.repeat(32)}`)],
    ['a log of a worker whose name begins alike', item('PutItem', 'log#office-2_0')],
    ['a log to be read', item('GetItem', `log#office_${'0'.repeat(32)}`)],
    ['a log to be deleted', item('DeleteItem', `log#office_${'0'.repeat(32)}`)],
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
    const own = { stage: stage(), queues: queueArns('office') };
    const statements = workerStatements({ worker: 'office', ...own });
    const policy = statements.map((statement): unknown => statement.toStatementJson());
    expect(isAllowed(policy, request)).toBe(false);
  });

  it.each([
    ['its own heartbeat', item('PutItem', 'worker#office_00000000000a')],
    ['what its worker is told', item('GetItem', 'control#office')],
    ['its own statistics', item('UpdateItem', 'stats#office#2026-11-21T12:21#3')],
    ['its own results', item('UpdateItem', `result#office_${'0'.repeat(32)}`)],
    ['the logs of its own tasks', item('PutItem', `log#office_${'0'.repeat(32)}`)],
    ['its own queue', queue('ReceiveMessage', 'office')],
  ])('allows %s', (_what, request) => {
    const own = { stage: stage(), queues: queueArns('office') };
    const statements = workerStatements({ worker: 'office', ...own });
    const policy = statements.map((statement): unknown => statement.toStatementJson());
    expect(isAllowed(policy, request)).toBe(true);
  });

  it('names no resource by a star alone, and no action by any', () => {
    const own = { stage: stage(), queues: queueArns('office') };
    const roles = [
      ...workerStatements({ worker: 'office', ...own }),
      ...operatorStatements({ stage: stage(), queues: [queueArns('office')] }),
      ...platformStatements({ ...own, workerQueues: [queueArns('office')] }),
      ...schedulerStatements(stage()),
    ];
    for (const { actions, resources } of roles) {
      expect(resources).not.toContain('*');
      expect(actions.filter((action) => action.includes('*'))).toEqual([]);
    }
  });
});
