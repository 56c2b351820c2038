import { createAudit } from '@taskfleet/platform/audit';
import { createKeys } from '@taskfleet/platform/identity';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminStatements } from '../../infra/permissions/adminStatements.ts';
import { operatorStatements } from '../../infra/permissions/operatorStatements.ts';
import { platformStatements } from '../../infra/permissions/platformStatements.ts';
import { schedulerStatements } from '../../infra/permissions/schedulerStatements.ts';
import { workerStatements } from '../../infra/permissions/workerStatements.ts';
import { resourcesOf } from '../fixtures/startParts.ts';
import { startRestartableStack } from '../toolbox/restartableStack.ts';
import { allowedTo } from './allowedTo.ts';
import { isAllowed } from '../kit/conformance/access/isAllowed.ts';
import { officeFleet } from './officeFleet.ts';
import { BUCKET, queueOf, TABLE } from './stageArns.ts';

const stage = { topic: 'arn:aws:sns:us-east-1:1:topic.fifo', table: TABLE, bucket: BUCKET };
const queues = { queue: queueOf('/office.fifo'), deadLetterQueue: queueOf('/dead.fifo') };
const roles = {
  admin: adminStatements({ stage, queues: [queues] }),
  operator: operatorStatements({ stage, queues: [queues] }),
  platform: platformStatements({ stage, queues, workerQueues: [queues] }),
  scheduler: schedulerStatements(stage),
  worker: workerStatements({ worker: 'office', stage, queues }),
} as const;

type Stack = Awaited<ReturnType<typeof startRestartableStack>>;
let stack: Stack;
beforeAll(async () => {
  stack = await startRestartableStack(officeFleet);
});
afterAll(async () => stack.stop());

const tableOf = (role: keyof typeof roles) => {
  const { clients, refused } = allowedTo(stack, roles[role]);
  const table = { dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName };
  return { options: { table, clock: systemClock }, refused };
};

describe.each(['admin', 'platform'] as const)('the role of the %s', (role) => {
  it('is enough for keys', async () => {
    const { options, refused } = tableOf(role);
    const keys = createKeys(options);
    const { id } = await keys.create({ name: role, roles: ['viewer'] }, 'test');
    expect(await keys.find(id)).toMatchObject({ name: role });
    await keys.list();
    await keys.revoke(id);
    expect(refused).toEqual([]);
  });
});

describe.each(['admin', 'operator', 'platform'] as const)('the role of the %s', (role) => {
  it('is enough for the audit', async () => {
    const { options, refused } = tableOf(role);
    const audit = createAudit(options);
    const begin = { by: role, kind: 'cli', action: 'key.revoke', target: 'x' } as const;
    await audit.end(await audit.begin(begin), { outcome: 'done' });
    await audit.list({ limit: 10 });
    expect(refused).toEqual([]);
  });
});

const ACTIONS = 'GetItem BatchGetItem PutItem UpdateItem DeleteItem BatchWriteItem'.split(' ');
const allowedOn = (role: keyof typeof roles, key: string) => {
  const policy = roles[role].map((statement): unknown => statement.toStatementJson());
  return ACTIONS.filter((action) =>
    isAllowed(policy, { action: `dynamodb:${action}`, resource: TABLE, leadingKeys: [key] }),
  );
};

describe('nobody', () => {
  it.each(['operator', 'scheduler', 'worker'] as const)(
    'reaches keys with the role of the %s',
    (role) => {
      expect(allowedOn(role, 'key#1')).toEqual([]);
    },
  );

  it.each(['scheduler', 'worker'] as const)('reaches the audit with the role of the %s', (role) => {
    expect(allowedOn(role, 'audit#1')).toEqual([]);
  });

  it.each(['admin', 'operator', 'platform'] as const)(
    'changes or deletes the audit with the role of the %s',
    (role) => {
      expect(allowedOn(role, 'audit#1')).toEqual(['BatchGetItem', 'PutItem']);
    },
  );
});
