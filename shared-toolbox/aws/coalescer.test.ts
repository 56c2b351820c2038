import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Coalescer, type CoalescerOptions, type Sent } from './index.ts';

type Entry = string;

/** Requests that stay under way until they are answered by hand. */
function requests(options: Partial<CoalescerOptions<Entry, string>> = {}) {
  const sent: {
    entries: readonly Entry[];
    answer: PromiseWithResolvers<readonly Sent<string>[]>;
  }[] = [];
  const coalescer = new Coalescer<Entry, string>({
    maxEntries: 10,
    ...options,
    send: async (entries) => {
      const answer = Promise.withResolvers<readonly Sent<string>[]>();
      sent.push({ entries, answer });
      return answer.promise;
    },
  });
  const answerAll = () => {
    for (const { entries, answer } of sent) {
      answer.resolve(entries.map((value) => ({ ok: true, value })));
    }
  };
  return { coalescer, sent, answerAll };
}

function entriesOf(sent: readonly { entries: readonly Entry[] }[]) {
  return sent.map(({ entries }) => entries);
}

describe('Coalescer', () => {
  it('sends the calls of one turn together', async () => {
    const { coalescer, sent, answerAll } = requests();
    const calls = ['a', 'b', 'c'].map(async (entry) => coalescer.add(entry));
    await turn();
    expect(entriesOf(sent)).toEqual([['a', 'b', 'c']]);
    answerAll();
    expect(await Promise.all(calls)).toEqual(['a', 'b', 'c']);
  });

  it('sends an idle call at the end of its turn', async () => {
    const { coalescer, sent, answerAll } = requests();
    const call = coalescer.add('a');
    await turn();
    expect(entriesOf(sent)).toEqual([['a']]);
    answerAll();
    await call;
  });

  it('sends the next turn at once while an earlier request is under way', async () => {
    const { coalescer, sent } = requests();
    void coalescer.add('a');
    await turn();
    void coalescer.add('b');
    await turn();
    expect(entriesOf(sent)).toEqual([['a'], ['b']]);
  });

  it('fills the batches while all requests are under way', async () => {
    const { coalescer, sent, answerAll } = requests({ maxInFlight: 1 });
    void coalescer.add('first');
    await turn();
    for (let i = 0; i < 14; i += 1) {
      void coalescer.add(String(i));
      await turn();
    }
    expect(sent).toHaveLength(1);
    answerAll();
    await turn();
    answerAll();
    await turn();
    expect(entriesOf(sent).map(({ length }) => length)).toEqual([1, 10, 4]);
  });

  it('never has more requests under way than it may', async () => {
    const { coalescer, sent } = requests({ maxEntries: 1, maxInFlight: 3 });
    for (let i = 0; i < 9; i += 1) void coalescer.add(String(i));
    await turn();
    expect(sent).toHaveLength(3);
  });

  it("gives each caller its own entry's failure only", async () => {
    const { coalescer, sent } = requests();
    const calls = Promise.allSettled(['a', 'b', 'c'].map(async (entry) => coalescer.add(entry)));
    await turn();
    const error = new Error('throttled');
    sent[0]!.answer.resolve([
      { ok: true, value: 'A' },
      { ok: false, error },
      { ok: true, value: 'C' },
    ]);
    expect(await calls).toEqual([
      { status: 'fulfilled', value: 'A' },
      { status: 'rejected', reason: error },
      { status: 'fulfilled', value: 'C' },
    ]);
  });

  it('gives a rejection to all of its batch, and to no other', async () => {
    const { coalescer, sent, answerAll } = requests({ maxEntries: 2 });
    const calls = Promise.allSettled(['a', 'b', 'c'].map(async (entry) => coalescer.add(entry)));
    await turn();
    const error = new Error('no connection');
    sent[0]!.answer.reject(error);
    answerAll();
    expect((await calls).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
    ]);
  });

  it('rejects an entry that the answer leaves out', async () => {
    const { coalescer, sent } = requests();
    const call = coalescer.add('a');
    await turn();
    sent[0]!.answer.resolve([]);
    await expect(call).rejects.toThrow('without this entry');
  });

  it('goes on after a failed request', async () => {
    const { coalescer, sent, answerAll } = requests({ maxInFlight: 1 });
    const failed = coalescer.add('a');
    await turn();
    const next = coalescer.add('b');
    sent[0]!.answer.reject(new Error('no connection'));
    await expect(failed).rejects.toThrow('no connection');
    await turn();
    answerAll();
    await expect(next).resolves.toBe('b');
  });

  it('never has two entries of a lane under way in two requests', async () => {
    const { coalescer, sent, answerAll } = requests({ laneOf: (entry) => entry[0]! });
    void coalescer.add('x1');
    await turn();
    void coalescer.add('x2');
    void coalescer.add('y1');
    await turn();
    expect(entriesOf(sent)).toEqual([['x1'], ['y1']]);
    answerAll();
    await turn();
    expect(entriesOf(sent)).toEqual([['x1'], ['y1'], ['x2']]);
  });

  it('keeps every lane in order, answers everybody, and keeps its limits, whatever the load', async () => {
    const calls = fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), fc.boolean()), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 4 }), async (some, maxInFlight) => {
        const underWay = new Set<string>();
        const order: Entry[] = [];
        const coalescer = new Coalescer<Entry, Entry>({
          maxEntries: 4,
          maxInFlight,
          laneOf: (entry) => entry[0]!,
          send: async (entries) => {
            const lanes = new Set(entries.map((entry) => entry[0]!));
            expect([...lanes].filter((lane) => underWay.has(lane))).toEqual([]);
            for (const lane of lanes) underWay.add(lane);
            order.push(...entries);
            await turn();
            for (const lane of lanes) underWay.delete(lane);
            return entries.map((value) => ({ ok: true, value }));
          },
        });
        const asked: Entry[] = [];
        const answers: Promise<Entry>[] = [];
        for (const [i, [lane, pause]] of some.entries()) {
          asked.push(`${lane}${i}`);
          answers.push(coalescer.add(`${lane}${i}`));
          if (pause) await turn();
        }
        expect(await Promise.all(answers)).toEqual(asked);
        for (const lane of ['x', 'y', 'z']) {
          const ofLane = (entries: Entry[]) => entries.filter((entry) => entry.startsWith(lane));
          expect(ofLane(order)).toEqual(ofLane(asked));
        }
      }),
    );
  });
});
