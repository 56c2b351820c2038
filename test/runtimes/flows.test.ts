import { startStack } from '@taskfleet/infra/local';
import {
  chain,
  chord,
  group,
  map,
  signature,
  step,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  add,
  arithImplementation,
  behave,
  delegate,
  flowFleet,
  increment,
  report,
  tallyImplementation,
  total,
} from '../fixtures/flowFleet.ts';
import { clientsOf, schedulerOn, workerOptions } from '../fixtures/startParts.ts';
import { startLambda } from './runtimes.ts';

const PATIENCE = { timeout: '30s' } as const;

let started: AsyncDisposableStack;
let scheduler: ReturnType<typeof schedulerOn>;
const runs: { readonly task: string; readonly input: unknown }[] = [];
const inputsOf = (task: string) => runs.flatMap((run) => (run.task === task ? [run.input] : []));
beforeAll(async () => {
  started = new AsyncDisposableStack();
  const stack = started.adopt(await startStack({ fleet: flowFleet }), async (s) => s.stop());
  const clients = clientsOf(stack);
  scheduler = started.adopt(schedulerOn(stack, clients), (some) => some.close());
  const onRun = (task: string, input: unknown) => void runs.push({ task, input });
  const asFunction = (implementation: WorkerImplementation) =>
    startLambda(workerOptions({ stack, clients, implementation }));
  const functions = [
    asFunction(arithImplementation(onRun)),
    asFunction(tallyImplementation(onRun)),
  ];
  started.defer(async () => {
    await Promise.all(functions.map(async (some) => some.stop()));
  });
});
afterAll(async () => started.disposeAsync());
beforeEach(() => runs.splice(0));

describe('a flow of functions on Lambda', { timeout: 60_000 }, () => {
  it('runs its callback once, after members of many batches', async () => {
    const members = Array.from({ length: 40 }, (_, i) => signature(add, { a: i, b: 0 }));
    const handle = await scheduler.start(chord(group(members), total));
    expect(await handle.result(PATIENCE)).toEqual({ sum: 780, count: 40 });
    expect(inputsOf('total')).toEqual([members.map((_, i) => i)]);
  });

  it('gives each step what the one before returned, and runs a list in one message', async () => {
    const one = await scheduler.start(chain(signature(add, { a: 1, b: 1 }), increment));
    const list = await scheduler.start(chain(map(increment, [1, 2, 3]), total));
    expect(await one.result(PATIENCE)).toBe(3);
    expect(await list.result(PATIENCE)).toEqual({ sum: 9, count: 3 });
  });

  it('is started by a handler, which waits for it', async () => {
    const handle = await scheduler.schedule(delegate, {});
    expect(await handle.result(PATIENCE)).toBe(3);
  });

  it('tells that a member has failed, and begins no callback', async () => {
    const failing = group([
      signature(behave, { how: 'fail' }),
      signature(behave, { how: 'return' }),
    ]);
    const handle = await scheduler.start(chord(failing, total), { onFailure: step(report) });
    await expect(handle.result(PATIENCE)).rejects.toThrow('failed: as asked');
    await expect.poll(() => inputsOf('report'), { timeout: 20_000 }).toHaveLength(1);
    expect(inputsOf('report')).toMatchObject([{ state: 'failed', error: { message: 'as asked' } }]);
    expect(inputsOf('total')).toEqual([]);
  });
});
