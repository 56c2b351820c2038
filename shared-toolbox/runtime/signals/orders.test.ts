import { describe, expect, it } from 'vitest';
import { defineTask } from '../../contract/index.ts';
import type { Control, Wanted } from '../../table/index.ts';
import { memoryLog } from '../../testing/memoryLog.ts';
import { z } from 'zod';
import { Orders } from './orders.ts';

const by = { by: 'alice', at: 1 } as const;

function ordered() {
  const memory = memoryLog();
  const { log } = memory;
  const of = (event: string) => memory.of(event);
  const sizes: (number | undefined)[] = [];
  const orders = new Orders({
    id: 'echo_00000000000a',
    onConcurrency: (concurrency) => void sizes.push(concurrency),
    log,
  });
  const hear = (revision: number, wanted: Wanted = {}, more: Partial<Control> = {}) =>
    orders.hear({ v: 1, revision, cancels: [], wanted, ...more });
  return { orders, hear, sizes, of };
}

describe('the orders of a process', () => {
  it('let it receive once it has begun, and not while it is paused', async () => {
    const { orders, hear } = ordered();
    hear(1);
    const closed = orders.whenOpen();
    expect(closed).toBeInstanceOf(Promise);
    orders.begin();
    await closed;
    expect(orders.whenOpen()).toBeUndefined();
    hear(2, { paused: { value: true, ...by } });
    const paused = orders.whenOpen();
    expect(paused).toBeInstanceOf(Promise);
    hear(3, { paused: { value: false, ...by } });
    await paused;
    expect(orders.whenOpen()).toBeUndefined();
  });

  it('keep a process that starts while all are paused from its first receive', () => {
    const { orders, hear } = ordered();
    hear(7, { paused: { value: true, ...by } });
    orders.begin();
    expect(orders.whenOpen()).toBeInstanceOf(Promise);
  });

  it('are not changed by what is older than they are', () => {
    const { orders, hear } = ordered();
    hear(7, { paused: { value: true, ...by } });
    hear(6);
    expect([orders.revision, orders.paused]).toEqual([7, true]);
  });

  it('tell a changed concurrency once, and that of the contract when nobody wants another', () => {
    const { hear, sizes } = ordered();
    hear(1);
    hear(2, { concurrency: { value: 3, ...by } });
    hear(3, { concurrency: { value: 3, ...by } });
    hear(4);
    expect(sizes).toEqual([3, undefined]);
  });

  it('end it when that was asked for after it began, and not before', async () => {
    const { orders, hear, of } = ordered();
    hear(4, { shutdown: { revision: 4, ...by } });
    expect(of('worker.dismissed')).toEqual([]);
    hear(5, { shutdown: { revision: 5, ...by } });
    await orders.shutdown;
    expect(of('worker.dismissed')).toMatchObject([{ by: 'alice' }]);
  });

  it('let it work as its contract says when they cannot be read at all', () => {
    const { orders } = ordered();
    expect(orders.isBorn).toBe(false);
    orders.giveUpHearing();
    orders.begin();
    expect([orders.isBorn, orders.whenOpen()]).toEqual([true, undefined]);
  });
});

describe('the time limits that somebody wants', () => {
  const schemas = { input: z.null(), output: z.null() };
  const task = defineTask('echo.say', { ...schemas, timeLimit: '10s', softTimeLimit: '8s' });

  it.each([
    { wanted: undefined, limits: [10_000, 8_000] },
    { wanted: { timeLimitMs: 20_000 }, limits: [20_000, 8_000] },
    { wanted: { softTimeLimitMs: 2_000 }, limits: [10_000, 2_000] },
    { wanted: { timeLimitMs: 5_000 }, limits: [5_000, undefined] },
  ])('$wanted make $limits', ({ wanted, limits }) => {
    const { orders, hear } = ordered();
    hear(1, {}, wanted && { limits: { 'echo.say': { ...wanted, ...by }, 'echo.ask': by } });
    const { timeLimitMs, softTimeLimitMs } = orders.limited(task);
    expect([timeLimitMs, softTimeLimitMs]).toEqual(limits);
  });
});
