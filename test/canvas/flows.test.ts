import {
  chain,
  chord,
  chunks,
  defineTask,
  group,
  into,
  map,
  mapEach,
  newTaskId,
  partial,
  signature,
  starmap,
  type Start,
  step,
} from '@taskfleet/toolbox/contract';
import { systemClock } from '@taskfleet/toolbox/clock';
import { putFlow, readFlow } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  add,
  behave,
  delegate,
  increment,
  pair,
  report,
  summary,
  total,
} from '../fixtures/flowFleet.ts';
import { type FlowsUnderTest, startFlowsUnderTest } from './startFlowsUnderTest.ts';

const PATIENCE = { timeout: '30s' } as const;
const POLL = { timeout: 30_000 } as const;

let started: AsyncDisposableStack;
let fleet: FlowsUnderTest;
let start: Start;
beforeAll(async () => {
  started = new AsyncDisposableStack();
  fleet = await startFlowsUnderTest(started);
  ({ start } = fleet.scheduler);
});
afterAll(async () => started.disposeAsync());
beforeEach(() => fleet.runs.splice(0));

const sums = (count: number) =>
  Array.from({ length: count }, (_, i) => signature(add, { a: i, b: 0 }));
const failing = signature(behave, { how: 'fail' });

describe('a chain', () => {
  it('gives each step what the one before returned', async () => {
    const canvas = chain(signature(add, { a: 1, b: 2 }), increment, step(increment));
    expect(await (await start(canvas)).result(PATIENCE)).toBe(5);
  });

  it('puts it into one field, or under others', async () => {
    const canvas = chain(signature(add, { a: 1, b: 2 }), into(add, 'a', { b: 10 }));
    expect(await (await start(canvas)).result(PATIENCE)).toBe(13);
    const over = chain(signature(pair, { a: 1, b: 2 }), partial(add, { b: 10 }));
    expect(await (await start(over)).result(PATIENCE)).toBe(11);
  });

  it('is started once for one key', async () => {
    const options = { idempotencyKey: 'once' } as const;
    const [one, again] = [
      await start(chain(signature(add, { a: 1, b: 1 }), increment), options),
      await start(chain(signature(add, { a: 5, b: 5 }), increment), options),
    ];
    expect(again.id).toBe(one.id);
    expect(await again.result(PATIENCE)).toBe(3);
  });

  it('of a handler is a child of its family', async () => {
    const handle = await fleet.scheduler.schedule(delegate, {});
    expect(await handle.result(PATIENCE)).toBe(3);
    const family = async () => {
      const { tasks } = await fleet.reader.list({ family: handle.id, limit: 9 });
      return tasks.map(({ task }) => task).toSorted();
    };
    const all = ['arith.add', 'arith.delegate', 'arith.increment', 'flow'];
    await expect.poll(family, POLL).toEqual(all);
  });
});

describe('a chord', () => {
  it.each([
    [0, 0],
    [1, 0],
    [3, 3],
    [250, 31_125],
  ])('runs its callback once, after all of %i members, in order', async (members, sum) => {
    const handle = await start(chord(group(sums(members)), total));
    expect(await handle.result(PATIENCE)).toEqual({ sum, count: members });
    expect(fleet.inputsOf('total')).toEqual([sums(members).map((_, i) => i)]);
  });

  it('nests, and members need not be alike', async () => {
    const inner = chain(group([signature(add, { a: 1, b: 1 }), chain(...threes)]), total);
    const handle = await start(group([inner, signature(add, { a: 4, b: 4 }), group([])]));
    expect(await handle.result(PATIENCE)).toEqual([{ sum: 6, count: 2 }, 8, []]);
  });

  it('runs a list in one message, and chunks of one', async () => {
    const inputs = [1, 2, 3, 4, 5];
    const canvas = group([
      map(increment, inputs),
      starmap(add, ['b', 'a'], [[1, 2]]),
      chain(map(increment, inputs), mapEach(increment)),
      chunks(increment, inputs, 2),
    ]);
    const all = [[2, 3, 4, 5, 6], [3], [3, 4, 5, 6, 7], [[2, 3], [4, 5], [6]]];
    expect(await (await start(canvas)).result(PATIENCE)).toEqual(all);
    expect(new Set(fleet.runs.map(({ id }) => id)).size).toBe(7);
  });

  it('counts a member that was tried again at its final state', async () => {
    const retried = signature(behave, { how: 'retryOnce' });
    const handle = await start(chord(group([retried, ...sums(2)]), total));
    expect(await handle.result(PATIENCE)).toEqual({ sum: 8, count: 3 });
    expect(fleet.inputsOf('behave')).toHaveLength(2);
  });

  it('gives null for a member that keeps no result', async () => {
    const ignored = signature(add, { a: 1, b: 1 }, { ignoreResult: true });
    expect(await (await start(group([ignored]))).result(PATIENCE)).toEqual([null]);
  });
});

const threes = [signature(add, { a: 1, b: 2 }), increment] as const;

describe('a failure', () => {
  it('fails the flow at once, skips what has not begun, and is told once', async () => {
    const late = signature(add, { a: 1, b: 1 }, { delay: '2s' });
    const canvas = chord(group([failing, failing, late]), total);
    const handle = await start(canvas, { onFailure: step(report) });
    await expect(handle.result(PATIENCE)).rejects.toThrow(/r\.s0\.m\d \(arith_.* failed: as asked/);
    const states = async () => {
      const { tasks } = await fleet.reader.list({ family: handle.id, limit: 9 });
      return tasks.filter(({ task }) => task === 'arith.add').map(({ state }) => state);
    };
    await expect.poll(states, POLL).toEqual(['cancelled']);
    await expect.poll(() => fleet.inputsOf('report'), POLL).toMatchObject([{ state: 'failed' }]);
    expect([fleet.inputsOf('add'), fleet.inputsOf('total')]).toEqual([[], []]);
  });

  it('is one of the results where all are to settle', async () => {
    const members = [failing, ...sums(1), chain(failing, increment), group([failing, ...sums(1)])];
    const settling = group(members, { failure: 'allSettled' });
    const handle = await start(chain(settling, summary));
    expect(await handle.result(PATIENCE)).toBe('failed succeeded failed failed');
    expect(fleet.inputsOf('summary')).toMatchObject([
      [
        { state: 'failed', error: { name: 'NonRetryableError', message: 'as asked' } },
        { state: 'succeeded', output: 0 },
        { state: 'failed' },
        { state: 'failed' },
      ],
    ]);
  });

  it('of a member whose input does not fit when it arrives names the field', async () => {
    // As another program may have written it: here it would not compile.
    const steps = [signature(pair, { a: 1, b: 2 }), increment] as unknown as typeof threes;
    const handle = await start(chain(...steps));
    await expect(handle.result(PATIENCE)).rejects.toThrow('input of arith.increment: (root)');
  });

  it('of a member that cannot even be run is told', async () => {
    const unknown = defineTask('arith.none', { input: z.number(), output: z.number() });
    const canvas = chain(signature(add, { a: 1, b: 1 }), unknown);
    const handle = await start(canvas, { onFailure: step(report) });
    await expect(handle.result(PATIENCE)).rejects.toThrow('dead: unknown task "arith.none"');
    await expect.poll(() => fleet.inputsOf('report'), POLL).toMatchObject([{ state: 'dead' }]);
  });

  it('by a cancelled member is one too, also while that waits for its time', async () => {
    const waiting = signature(add, { a: 1, b: 1 }, { delay: '1h' });
    const settling = group([waiting, ...sums(1)], { failure: 'allSettled' });
    const handle = await start(chain(settling, summary));
    const member = async () => {
      const { tasks } = await fleet.reader.list({ family: handle.id, limit: 9 });
      return tasks.find(({ state }) => state === 'scheduled')?.id;
    };
    await expect.poll(member, POLL).toBeDefined();
    await fleet.cancel((await member())!);
    expect(await handle.result(PATIENCE)).toBe('cancelled succeeded');
  });

  it('of a flow that was cancelled is not told, and nothing more begins', async () => {
    const waits = signature(behave, { how: 'wait' });
    const canvas = chain(group([waits, ...sums(1)]), total);
    const handle = await start(canvas, { onFailure: step(report) });
    await expect.poll(() => fleet.inputsOf('behave'), POLL).toHaveLength(1);
    await expect.poll(async () => stateOf('arith.behave', handle.id), POLL).toBe('running');
    await fleet.cancelFlow(handle.id);
    await expect(handle.result(PATIENCE)).rejects.toThrow('cancelled by alice');
    await expect.poll(async () => stateOf('arith.behave', handle.id), POLL).toBe('cancelled');
    expect([fleet.inputsOf('report'), fleet.inputsOf('total')]).toEqual([[], []]);
  });
});

async function stateOf(task: string, family: Parameters<FlowsUnderTest['cancelFlow']>[0]) {
  const { tasks } = await fleet.reader.list({ family, limit: 9, task });
  return tasks[0]?.state;
}

describe('a success', () => {
  it('is told once, with the result', async () => {
    const handle = await start(group(sums(3)), { onSuccess: step(total) });
    expect(await handle.result(PATIENCE)).toEqual([0, 1, 2]);
    await expect.poll(() => fleet.inputsOf('total'), POLL).toEqual([[0, 1, 2]]);
  });
});

describe('a flow whose scheduler died before it published anything', () => {
  it('is begun by the platform', async () => {
    const id = newTaskId('flow', systemClock);
    const feed = { kind: 'own', input: { a: 1, b: 2 } };
    const root = { kind: 'leaf', task: 'arith.add', retentionMs: 3_600_000, feed };
    const plan = JSON.stringify({ root });
    const flow = { v: 1, id, root: id, state: 'queued', plan, retentionMs: 3_600_000 } as const;
    await putFlow(fleet.table, { ...flow, createdAt: Date.now() }, Date.now());
    await expect.poll(async () => (await readFlow(fleet.table, id))?.state, POLL).toBe('succeeded');
  });
});
