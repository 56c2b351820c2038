import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineTask } from '../../contract/index.ts';
import { jsonBytes } from './cutText.ts';
import { InputSecrets } from '../inputSecrets.ts';
import { type LogPart, LogReport } from './logReport.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const task = defineTask('a.b', { input: z.object({}), output: z.null() });

function report({ units = 1 } = {}) {
  const write = vi.fn<(part: LogPart) => Promise<number>>(async () => units);
  const log = new LogReport({ now: Date.now, secrets: () => new InputSecrets(task, {}), write });
  const say = (message: unknown) => log.say('info', message, undefined);
  const written = () => write.mock.calls.map(([{ lines }]) => lines.map(({ message }) => message));
  return { write, log, say, written };
}

describe('what an attempt says', () => {
  it('is written five seconds after a line, and again after another five with what is new', async () => {
    const { say, written } = report();
    say('one');
    await vi.advanceTimersByTimeAsync(4_999);
    expect(written()).toEqual([]);
    say('two');
    await vi.advanceTimersByTimeAsync(1);
    expect(written()).toEqual([['one', 'two']]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written()).toHaveLength(1);
    say('three');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(written()).toEqual([
      ['one', 'two'],
      ['one', 'two', 'three'],
    ]);
  });

  it('is written the more seldom the more units it takes', async () => {
    const { say, written } = report({ units: 9 });
    say('one');
    await vi.advanceTimersByTimeAsync(5_000);
    say('two');
    await vi.advanceTimersByTimeAsync(8_999);
    expect(written()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(written()).toHaveLength(2);
  });

  it.each(['succeeded', 'snoozed', 'released'] as const)(
    'is not written at all when it has %s soon',
    async (kind) => {
      const { log, say, written } = report();
      say('one');
      await log.end(kind);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(written()).toEqual([]);
    },
  );

  it.each(['succeeded', 'snoozed', 'released'] as const)(
    'is written to its end when it has %s later',
    async (kind) => {
      const { log, say, written } = report();
      say('one');
      await vi.advanceTimersByTimeAsync(5_000);
      say('two');
      await log.end(kind);
      expect(written()).toEqual([['one'], ['one', 'two']]);
    },
  );

  it.each(['failed', 'retrying', 'cancelled'] as const)(
    'is written when it is %s, once',
    async (kind) => {
      const { log, say, written } = report();
      say('last words');
      await log.end(kind);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(written()).toEqual([['last words']]);
    },
  );

  it.each(['failed', 'succeeded'] as const)(
    'costs nothing when %s without a word',
    async (kind) => {
      const { log, written } = report();
      await log.end(kind);
      expect(written()).toEqual([]);
    },
  );

  it("is somebody else's to write when the lease is lost", async () => {
    const { log, say, written } = report();
    say('one');
    await vi.advanceTimersByTimeAsync(5_000);
    say('two');
    await log.end('lost');
    expect(written()).toEqual([['one']]);
  });

  it('is over with the attempt, whatever its handler goes on to say', async () => {
    const { log, say, written } = report();
    await log.end('failed');
    say('too late');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written()).toEqual([]);
  });

  it('ends when no write is under way any more', async () => {
    const { log, say, write } = report();
    const writing = Promise.withResolvers<number>();
    write.mockReturnValueOnce(writing.promise);
    say('one');
    await vi.advanceTimersByTimeAsync(5_000);
    let hasEnded = false;
    const ended = log.end('succeeded').then(() => {
      hasEnded = true;
    });
    await vi.advanceTimersByTimeAsync(1);
    expect(hasEnded).toBe(false);
    writing.resolve(1);
    await ended;
  });

  it('is kept to its last hundred lines', async () => {
    const { log, say, write } = report();
    for (let i = 0; i < 250; i += 1) say(`line ${i}`);
    await log.end('failed');
    const { said, lines } = write.mock.calls[0]![0];
    expect(said).toBe(250);
    expect(lines).toHaveLength(100);
    expect(lines.at(0)?.message).toBe('line 150');
    expect(lines.at(-1)?.message).toBe('line 249');
  });

  it('is kept to its last 16 KiB', async () => {
    const { log, say, write } = report();
    for (let i = 0; i < 90; i += 1) say(`${i} ${'x'.repeat(5_000)}`);
    await log.end('failed');
    const { lines } = write.mock.calls[0]![0];
    expect(jsonBytes(lines)).toBeLessThanOrEqual(16_384 + lines.length + 1);
    expect(lines.length).toBeGreaterThan(15);
    expect(lines.at(-1)?.message).toMatch(/^89 x/);
  });

  it('never throws, also when a line cannot be read', async () => {
    const { log, say, written } = report();
    say(Object.create(null));
    say(Symbol('s'));
    await log.end('failed');
    expect(written()).toEqual([['[unreadable]', 'Symbol(s)']]);
  });
});
