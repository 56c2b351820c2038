import { expect, test } from 'vitest';
import { type LayerEnd, runInOrder } from './runInOrder.ts';

const layer = (name: string, needs: string[] = [], likes: string[] = []) => ({
  name,
  needs,
  likes,
});
const updated = { end: 'updated' } as const;
const failed = { end: 'failed', reason: 'no such branch' } as const;

test('blocks what needs a layer that failed, and nothing else', async () => {
  const told: LayerEnd[] = [];
  const layers = [
    layer('a'),
    layer('b'),
    layer('c', ['a']),
    layer('d', ['c', 'b']),
    layer('e', ['b'], ['a']),
  ];
  const ends = await runInOrder(layers, {
    update: async (name) => (name === 'a' ? failed : updated),
    ended: (end) => told.push(end),
  });
  expect(
    Object.fromEntries(ends.map(({ name, end, ...rest }) => [name, { end, ...rest }])),
  ).toEqual({
    a: failed,
    b: updated,
    c: { end: 'blocked', reason: 'needs a' },
    d: { end: 'blocked', reason: 'needs c' },
    e: updated,
  });
  expect(told).toEqual(ends);
});

test('begins a layer when what it needs and likes is done, and does others meanwhile', async () => {
  const begun: string[] = [];
  const gates = { a: Promise.withResolvers<void>(), b: Promise.withResolvers<void>() };
  const layers = [layer('a'), layer('b'), layer('c', ['a']), layer('d', [], ['b'])];
  const running = runInOrder(layers, {
    update: async (name) => {
      begun.push(name);
      await gates[name as 'a']?.promise;
      return updated;
    },
    ended: ({ name }) => name === 'c' && gates.b.resolve(),
  });
  gates.a.resolve();
  await running;
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('ends with what a layer throws', async () => {
  const update = () => Promise.reject(new Error('the attempt was cancelled'));
  const running = runInOrder([layer('a'), layer('b', ['a'])], { update, ended: () => undefined });
  await expect(running).rejects.toThrow('cancelled');
});
