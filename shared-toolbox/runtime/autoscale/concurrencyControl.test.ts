import { describe, expect, it } from 'vitest';
import { memoryLog } from '../../testing/memoryLog.ts';
import { ConcurrencyControl } from './concurrencyControl.ts';

function control(autoscale: readonly [number, number] | undefined) {
  const worker = { concurrency: autoscale?.[1] ?? 4, autoscale };
  const resized: number[] = [];
  const consumer = {
    concurrency: ConcurrencyControl.initial(worker),
    mostRunning: () => consumer.concurrency,
    setConcurrency: (concurrency: number) => {
      consumer.concurrency = concurrency;
    },
  };
  const memory = memoryLog();
  const load = { read: () => ({ lagMs: 0, cpu: 0 }), [Symbol.dispose]: () => undefined };
  const pool = { resize: (size: number) => void resized.push(size) };
  const own = new ConcurrencyControl({ worker, consumer, pool, log: memory.log, load });
  return { own, consumer, resized, memory };
}

describe("a worker's concurrency", () => {
  it('follows its load within its bounds, and its pool follows it', () => {
    const { own, consumer, resized, memory } = control([2, 4]);
    for (let i = 0; i < 3; i += 1) own.look();
    own.stop();
    expect(consumer.concurrency).toBe(4);
    expect(resized).toEqual([3, 4]);
    expect(memory.of('concurrency.changed')).toMatchObject([
      { from: 2, to: 3, why: 'waiting' },
      { from: 3, to: 4, why: 'waiting' },
    ]);
  });

  it('is what an operator says, against its load, until he gives it back', () => {
    const { own, consumer } = control([2, 4]);
    own.set(10);
    own.look();
    expect(consumer.concurrency).toBe(10);
    own.set(undefined);
    expect(consumer.concurrency).toBe(2);
    own.look();
    expect(consumer.concurrency).toBe(3);
    own.stop();
  });

  it('is fixed without bounds, and can be set all the same', () => {
    const { own, consumer, resized } = control(undefined);
    own.look();
    expect(consumer.concurrency).toBe(4);
    own.set(1);
    own.set(1);
    expect([consumer.concurrency, resized]).toEqual([1, [1]]);
    own.set(undefined);
    expect(consumer.concurrency).toBe(4);
  });

  it.each([0, -1, 1.5, NaN, 1_001])('cannot be %d', (wanted) => {
    const { own, consumer } = control(undefined);
    expect(() => own.set(wanted)).toThrow(
      `concurrency: expected a whole number from 1 to 1000, got ${wanted}`,
    );
    expect(consumer.concurrency).toBe(4);
  });
});
