import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProgressReport } from './progressReport.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function report() {
  const write = vi.fn<(progress: object) => Promise<void>>(async () => undefined);
  return { write, progress: new ProgressReport(write) };
}

describe('ProgressReport', () => {
  it('writes the latest progress, at most once a second', async () => {
    const { write, progress } = report();
    for (let i = 0; i < 100; i += 1) {
      progress.report(i / 100, undefined);
      await vi.advanceTimersByTimeAsync(25);
    }
    expect(write).toHaveBeenCalledTimes(3);
    expect(write).toHaveBeenNthCalledWith(1, { fraction: 0.09, note: undefined });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(write).toHaveBeenCalledTimes(4);
    expect(write).toHaveBeenLastCalledWith({ fraction: 0.99, note: undefined });
  });

  it('writes nothing for a task that ends soon, and keeps its latest', async () => {
    const { write, progress } = report();
    progress.report(0.5, 'half');
    await progress.end();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(write).not.toHaveBeenCalled();
    expect(progress.latest).toEqual({ fraction: 0.5, note: 'half' });
  });

  it.each([
    [-1, 0],
    [2, 1],
    [Number.NaN, 0],
    [Infinity, 0],
  ])('takes %d for %d', (given, fraction) => {
    const { progress } = report();
    progress.report(given, undefined);
    expect(progress.latest?.fraction).toBe(fraction);
  });

  it('ends only when no write is under way', async () => {
    const answers: (() => void)[] = [];
    const progress = new ProgressReport(
      async () => new Promise<void>((resolve) => answers.push(resolve)),
    );
    progress.report(0.1, undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    progress.report(0.2, undefined);
    await vi.advanceTimersByTimeAsync(1_000);
    // The second waits for the first, so that the record never goes back.
    expect(answers).toHaveLength(1);
    let ended = false;
    const end = progress.end().then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ended).toBe(false);
    answers[0]!();
    await vi.advanceTimersByTimeAsync(0);
    answers[1]!();
    await end;
  });

  it('takes no more after its end, from a handler that goes on', async () => {
    const { write, progress } = report();
    await progress.end();
    progress.report(0.9, undefined);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(write).not.toHaveBeenCalled();
  });

  it('keeps a note to what fits a record', () => {
    const { progress } = report();
    progress.report(0.5, 'x'.repeat(500_000));
    expect(progress.latest?.note?.length).toBeLessThanOrEqual(1_000);
  });
});
