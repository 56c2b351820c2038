import { systemClock } from '@taskfleet/toolbox/clock';
import type { Settlement } from '@taskfleet/toolbox/consume';
import { newTaskId, type TaskMessage } from '@taskfleet/toolbox/contract';
import { createLog } from '@taskfleet/toolbox/log';
import { startStack } from '@taskfleet/infra/local';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HookCaller } from '@taskfleet/toolbox/hooks';
import { Statistics } from '@taskfleet/toolbox/statistics';
import { ControlWatch } from '../../shared-toolbox/runtime/controlWatch.ts';
import { Tally } from '../../shared-toolbox/runtime/tally.ts';
import { ProcessTurns } from '../../shared-toolbox/runtime/processTurns.ts';
import { LogKeeper } from '../../shared-toolbox/runtime/taskLog/logKeeper.ts';
import { handleMessage } from '../../shared-toolbox/runtime/handleMessage.ts';
import { inlinePool } from '../../shared-toolbox/runtime/pool/inlinePool.ts';
import { clientsOf, resourcesOf, schedulerOn } from '../fixtures/startParts.ts';
import { sumFleet, sumImplementation } from '../fixtures/sumFleet.ts';
import { mutatedBodies } from './mutate.ts';

const MESSAGES = 10_000;
const TOGETHER = 100;
const silent = createLog({ level: 'error', destination: { write: () => undefined } });

describe('damaged messages', { timeout: 120_000 }, () => {
  let stack: Awaited<ReturnType<typeof startStack>>;
  let handle: (body: string) => Promise<Settlement>;

  beforeAll(async () => {
    stack = await startStack({ fleet: sumFleet });
    const clients = clientsOf(stack);
    const { tableName, bucketName } = resourcesOf(stack);
    const table = { dynamodb: clients.dynamodb, tableName };
    const counting = { table, writer: 'sum', clock: systemClock, log: silent };
    const options = {
      implementation: sumImplementation,
      table,
      bucket: { s3: clients.s3, bucketName },
      scheduler: schedulerOn(stack, clients),
      clock: systemClock,
      log: silent,
      holder: 'fuzz',
      pool: inlinePool(),
      control: new ControlWatch({
        read: async () => ({ v: 1, revision: 0, cancels: [] }),
        everyMs: 60_000,
      }),
      tally: new Tally(),
      turns: new ProcessTurns(systemClock),
      statistics: new Statistics(counting),
      logs: new LogKeeper({ ...counting, worker: { log: true } }),
      hooks: new HookCaller({ clock: systemClock }),
      stopping: new AbortController().signal,
    };
    handle = async (body) =>
      handleMessage(options, {
        body,
        receiptHandle: 'r',
        groupId: 'g',
        deduplicationId: 'd',
        receiveCount: 1,
        signal: new AbortController().signal,
        isHeld: () => true,
      });
  });
  afterAll(async () => stack.stop());

  it('end in a record or in the dead-letter queue with a reason: none throws, none is dropped', async () => {
    const bodies = sample();
    const settled: Settlement[] = [];
    for (let start = 0; start < MESSAGES; start += TOGETHER) {
      settled.push(...(await Promise.all(bodies.slice(start, start + TOGETHER).map(handle))));
    }
    const ends = settled.map((settlement) =>
      settlement.kind === 'deadLetter' && settlement.reason === '' ? 'no reason' : settlement.kind,
    );
    expect(ends).toHaveLength(MESSAGES);
    expect([...new Set(ends)].toSorted()).toEqual(['deadLetter', 'delete']);
  });
});

/** The same bodies in every run: a failure can be repeated. */
function sample(): string[] {
  const id = newTaskId('sum', systemClock);
  const message: TaskMessage = {
    v: 1,
    id,
    task: 'sum.add',
    input: { a: 1, b: 2 },
    creator: 'ada',
    root: id,
    createdAt: 1_700_000_000_000,
  };
  const bodies = fc.sample(mutatedBodies(message), { numRuns: MESSAGES, seed: 20_261_121 });
  // Where the id has survived, each body is of another task: else they would take it from each other.
  return bodies.map((body) => body.replaceAll(id, newTaskId('sum', systemClock)));
}
