import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { COUNTERS_PER_WRITE } from '../table/index.ts';
import { GrainBuffer } from './grainBuffer.ts';
import { GRAINS } from './grains.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const MINUTE_MS = 60_000;
const FLUSH_MS = GRAINS.minute.flushMs;

/** What was written, as `[minute, counts]`, and a table that can be taken away. */
function buffered() {
  const written: [minute: number, counts: Readonly<Record<string, number>>][] = [];
  const told: (string | undefined)[] = [];
  const fault: { error?: Error | undefined; held?: Promise<void> } = {};
  const buffer = new GrainBuffer({
    grain: GRAINS.minute,
    write: async (start, counts) => {
      if (fault.error) throw fault.error;
      await fault.held;
      written.push([start / MINUTE_MS, Object.fromEntries(counts)]);
    },
    onWritten: (failure) => told.push(failure),
  });
  return { buffer, written, told, fault };
}

describe('what is counted', () => {
  it('is written together, once in the time of a flush and not at all when nothing was', async () => {
    const { buffer, written } = buffered();
    for (let i = 0; i < 100; i += 1) buffer.add('a', 0);
    buffer.add('b', 0);
    await vi.advanceTimersByTimeAsync(FLUSH_MS - 1);
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(written).toEqual([[0, { a: 100, b: 1 }]]);
    await vi.advanceTimersByTimeAsync(10 * FLUSH_MS);
    expect(written).toHaveLength(1);
  });

  it('costs a busy process at most seven writes a minute', async () => {
    const { buffer, written } = buffered();
    for (let at = 0; at < 60 * MINUTE_MS; at += 500) {
      buffer.add('a', at);
      await vi.advanceTimersByTimeAsync(500);
    }
    await buffer.stop();
    expect(written.length).toBeGreaterThan(6 * 60 - 20);
    expect(written.length).toBeLessThanOrEqual(7 * 60);
    expect(written.reduce((sum, [, { a = 0 }]) => sum + a, 0)).toBe(60 * 60 * 2);
  });

  it('counts for the period in which it happened', async () => {
    const { buffer, written } = buffered();
    buffer.add('a', MINUTE_MS - 1);
    buffer.add('a', MINUTE_MS);
    await buffer.flush();
    expect(written).toEqual([
      [0, { a: 1 }],
      [1, { a: 1 }],
    ]);
  });

  it('is written at once by a stop, also what came while a write was under way', async () => {
    const { buffer, written, fault } = buffered();
    const held = Promise.withResolvers<void>();
    fault.held = held.promise;
    buffer.add('a', 0);
    await vi.advanceTimersByTimeAsync(FLUSH_MS);
    buffer.add('a', 0);
    const stopped = buffer.stop();
    held.resolve();
    await stopped;
    expect(written).toEqual([
      [0, { a: 1 }],
      [0, { a: 1 }],
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is kept when it cannot be written, and written with the next flush, once', async () => {
    const { buffer, written, told, fault } = buffered();
    fault.error = new Error('away');
    buffer.add('a', 0);
    buffer.add('a', MINUTE_MS);
    await buffer.flush();
    buffer.add('a', 0);
    fault.error = undefined;
    await vi.advanceTimersByTimeAsync(FLUSH_MS);
    expect(written).toEqual([
      [0, { a: 2 }],
      [1, { a: 1 }],
    ]);
    expect(told).toEqual(['Error: away', undefined, undefined]);
  });

  it('takes no more than an hour of memory while nothing can be written', async () => {
    const { buffer, written, fault } = buffered();
    fault.error = new Error('away');
    for (let minute = 0; minute < 100; minute += 1) {
      buffer.add('a', minute * MINUTE_MS);
      await buffer.flush();
    }
    fault.error = undefined;
    await buffer.flush();
    expect(written.map(([minute]) => minute)).toEqual(Array.from({ length: 60 }, (_, i) => 40 + i));
  });

  it('goes in several writes where an expression could not hold it', async () => {
    const { buffer, written } = buffered();
    const names = Array.from({ length: 2 * COUNTERS_PER_WRITE + 1 }, (_, i) => `task${i}`);
    for (const name of names) buffer.add(name, 0);
    await buffer.flush();
    expect(written.map(([, counts]) => Object.keys(counts).length)).toEqual([250, 250, 1]);
    expect(written.flatMap(([, counts]) => Object.keys(counts))).toEqual(names);
  });
});
