import { type LocalStack, startStack } from '@taskfleet/infra/local';
import { systemClock } from '@taskfleet/toolbox/clock';
import { checkStage, observeStage } from '@taskfleet/toolbox/conformance/stage';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorStatements } from '../../infra/permissions/operatorStatements.ts';
import { resourcesOf, serviceQueues } from '../fixtures/startParts.ts';
import { allowedTo } from './allowedTo.ts';
import { officeFleet } from './officeFleet.ts';
import { queueArns, stageArns } from './stageArns.ts';

const SERVICES = ['platform', 'office'] as const;

let stack: LocalStack;
beforeAll(async () => {
  stack = await startStack({ fleet: officeFleet });
});
afterAll(async () => stack.stop());

/** What the doctor sees of a stage with these rights, as if it were deployed. */
async function examine(statements: readonly PolicyStatement[]) {
  const { clients, refused } = allowedTo(stack, statements);
  const queues = new Map(SERVICES.map((name) => [name, serviceQueues(stack, name)]));
  const seen = await observeStage({ ...resourcesOf(stack), clients, queues, clock: systemClock });
  const place = { stage: 'dev', isLocal: false };
  return { refused, checks: checkStage({ seen, workers: officeFleet.workers, place }) };
}

describe('the doctor', () => {
  it('may look at everything with the rights of an operator', async () => {
    const queues = SERVICES.map((name) => queueArns(stack, name));
    const statements = operatorStatements({ stage: stageArns(stack), queues });
    expect((await examine(statements)).refused).toEqual([]);
  });

  it('takes nothing for well that it may not look at', async () => {
    const { checks } = await examine([]);
    expect(new Set(checks.map(({ verdict }) => verdict))).toEqual(new Set(['unchecked']));
  });
});
