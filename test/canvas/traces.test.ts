import { chain, signature } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { add, increment } from '../fixtures/flowFleet.ts';
import { recordTraces } from '../fixtures/recordTraces.ts';
import { type FlowsUnderTest, startFlowsUnderTest } from './startFlowsUnderTest.ts';

let started: AsyncDisposableStack;
let fleet: FlowsUnderTest;
beforeAll(async () => {
  started = new AsyncDisposableStack();
  fleet = await startFlowsUnderTest(started);
});
afterAll(async () => started.disposeAsync());

it('a canvas is one trace, from who started it to its last step', async () => {
  const traces = recordTraces();
  started.defer(() => traces.stop());
  const { start } = fleet.scheduler;
  const canvas = chain(signature(add, { a: 1, b: 2 }), increment);
  const handle = await traces.inSpan('GET /', async () => start(canvas));
  expect(await handle.result({ timeout: '30s' })).toBe(4);
  const names = [
    'schedule arith.add',
    'run arith.add',
    'schedule arith.increment',
    'run arith.increment',
  ];
  const [caller] = traces.named('GET /');
  for (const name of names) {
    const [span] = traces.named(name);
    expect([name, span?.own.traceId]).toEqual([name, caller?.own.traceId]);
  }
});
