import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OrderedLayer, orderLayers } from './orderLayers.ts';

const layer = (name: string, needs: string[] = [], likes: string[] = []) => ({
  name,
  needs,
  likes,
});
const namesOf = (given: OrderedLayer[]) => {
  const order = orderLayers(given);
  return order.ok ? order.value.layers.map(({ name }) => name) : order.error;
};

test('puts what a layer needs before it', () => {
  expect(namesOf([layer('a', ['b']), layer('b', ['c']), layer('c')])).toEqual(['c', 'b', 'a']);
});

test('puts what a layer likes before it, where nothing speaks against it', () => {
  expect(namesOf([layer('a', [], ['z']), layer('z')])).toEqual(['z', 'a']);
});

test('drops the wish that would make a circle, and says which', () => {
  const order = orderLayers([layer('a', ['b']), layer('b', [], ['a'])]);
  expect(order).toMatchObject({
    ok: true,
    value: {
      layers: [{ name: 'b', likes: [] }, { name: 'a' }],
      dropped: [{ name: 'b', likes: 'a' }],
    },
  });
});

test('names the layers of a circle', () => {
  const circle = [layer('x', ['a']), layer('a', ['b']), layer('b', ['c']), layer('c', ['a'])];
  expect(namesOf(circle)).toEqual(['a', 'b', 'c', 'a']);
  expect(namesOf([layer('a', ['a'])])).toEqual(['a', 'a']);
});

test('leaves out names that are not there', () => {
  expect(namesOf([layer('a', ['none'], ['nobody'])])).toEqual(['a']);
});

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const some = fc.subarray(NAMES, { maxLength: 3 });
const anyLayers = fc
  .subarray(NAMES, { minLength: 1 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) => fc.record({ name: fc.constant(name), needs: some, likes: some })),
    ),
  );
/** Names need what comes before them in the alphabet: no circles of needs. */
const sound = anyLayers.map((layers) =>
  layers.map((one) => ({ ...one, needs: one.needs.filter((needed) => needed < one.name) })),
);

describe('for all layers', () => {
  test('has each once, and after all that it needs and still likes', () => {
    fc.assert(
      fc.property(sound, (layers) => {
        const order = orderLayers(layers);
        if (!order.ok) throw new Error(`a circle of ${order.error.join()}`);
        const names = order.value.layers.map(({ name }) => name);
        expect(names.toSorted()).toEqual(layers.map(({ name }) => name).toSorted());
        for (const [at, { needs, likes }] of order.value.layers.entries()) {
          for (const before of [...needs, ...likes]) expect(names.slice(0, at)).toContain(before);
        }
      }),
    );
  });

  test('keeps or drops each wish for a listed layer', () => {
    fc.assert(
      fc.property(sound, (layers) => {
        const order = orderLayers(layers);
        if (!order.ok) throw new Error(`a circle of ${order.error.join()}`);
        const kept = order.value.layers.flatMap(({ name, likes }) => likes.map((to) => name + to));
        const dropped = order.value.dropped.map(({ name, likes }) => name + likes);
        const names = new Set(layers.map(({ name }) => name));
        const wished = layers.flatMap(({ name, likes }) =>
          likes.filter((to) => names.has(to) && to !== name).map((to) => name + to),
        );
        expect([...kept, ...dropped].toSorted()).toEqual(wished.toSorted());
      }),
    );
  });

  test('finds a true circle, or none', () => {
    fc.assert(
      fc.property(anyLayers, (layers) => {
        const order = orderLayers(layers);
        if (order.ok) return;
        const needs = new Map(layers.map((one) => [one.name, one.needs]));
        const [first] = order.error;
        expect(order.error.at(-1)).toBe(first);
        for (const [at, name] of order.error.slice(0, -1).entries()) {
          expect(needs.get(name)).toContain(order.error[at + 1]);
        }
      }),
    );
  });

  test('does not depend on how they are listed', () => {
    fc.assert(
      fc.property(sound, (layers) => {
        expect(orderLayers(layers.toReversed())).toEqual(orderLayers(layers));
      }),
    );
  });
});
