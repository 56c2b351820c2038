import { systemClock } from '@taskfleet/toolbox/clock';
import { chain, chord, group, signature } from '@taskfleet/toolbox/contract';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { add, flowFleet, increment, total } from '../fixtures/flowFleet.ts';
import { startRestartableStack } from '../toolbox/restartableStack.ts';
import { startFlowsUnderTest } from './startFlowsUnderTest.ts';

let started: AsyncDisposableStack;
beforeEach(() => {
  started = new AsyncDisposableStack();
});
afterEach(async () => started.disposeAsync());

const sums = [1, 2, 3].map((a) => signature(add, { a, b: 0 }));

describe('while the topic is away', () => {
  it('a canvas is accepted, and runs afterwards, once', async () => {
    const open = async () => startRestartableStack(flowFleet);
    const fleet = await startFlowsUnderTest(started, open);
    await fleet.stack.queues.stop();
    const handle = await fleet.scheduler.start(chain(chord(group(sums), total)));
    const plain = await fleet.scheduler.start(chain(signature(add, { a: 1, b: 1 }), increment));
    await fleet.stack.queues.restart();
    expect(await handle.result({ timeout: '60s' })).toEqual({ sum: 6, count: 3 });
    expect(await plain.result({ timeout: '60s' })).toBe(3);
    expect(fleet.inputsOf('total')).toEqual([[1, 2, 3]]);
  });
});

describe('a canvas that the table does not take', () => {
  it('is refused, and nothing of it is published', async () => {
    const fleet = await startFlowsUnderTest(started);
    const gone = { ...fleet.table, tableName: 'none' };
    const { topicArn, clients } = fleet;
    const scheduler = createScheduler({
      sns: clients.sns,
      topicArn,
      table: gone,
      clock: systemClock,
    });
    started.defer(() => scheduler.close());
    const starting = scheduler.start(chord(group(sums), total));
    await expect(starting).rejects.toMatchObject({ code: 'publish_failed' });
    // Whatever had been published before this would have run before it.
    await (await fleet.scheduler.start(signature(add, { a: 9, b: 9 }))).result({ timeout: '20s' });
    expect(fleet.inputsOf('add')).toEqual([{ a: 9, b: 9 }]);
  });
});
