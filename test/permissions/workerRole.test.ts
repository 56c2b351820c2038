import { describe, expect, it } from 'vitest';
import { operatorStatements } from '../../infra/permissions/operatorStatements.ts';
import { platformStatements } from '../../infra/permissions/platformStatements.ts';
import { schedulerStatements } from '../../infra/permissions/schedulerStatements.ts';
import type { QueueArns } from '../../infra/permissions/statements.ts';
import { workerStatements } from '../../infra/permissions/workerStatements.ts';
import { isAllowed } from '../kit/conformance/access/isAllowed.ts';
import { neededBy, refusedTo } from '../kit/conformance/access/workerAccess.ts';
import { BUCKET, TABLE } from './stageArns.ts';

const TOPIC = 'arn:aws:sns:us-east-1:1:taskfleet-local.fifo';

const stage = () => ({ topic: TOPIC, table: TABLE, bucket: BUCKET });
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:1:taskfleet-local-${name}.fifo`;
const queueArns = (service: string): QueueArns => ({
  queue: queueArn(service),
  deadLetterQueue: queueArn(`${service}_dead`),
});

describe('the role of a worker', () => {
  const queues = queueArns('office');
  const places = {
    ...stage(),
    queues: [queues.queue],
    deadLetterQueue: queues.deadLetterQueue,
    othersQueues: [queueArn('mail'), queueArn('platform')],
  };
  const statements = workerStatements({ worker: 'office', stage: stage(), queues });
  const policy = statements.map((statement): unknown => statement.toStatementJson());

  it.each(neededBy('office', places))('allows to $what ($action)', (request) => {
    expect(isAllowed(policy, request)).toBe(true);
  });

  it.each(refusedTo('office', places))('does not allow to $what ($action)', (request) => {
    expect(isAllowed(policy, request)).toBe(false);
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
