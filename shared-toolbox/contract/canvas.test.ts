import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import {
  type Canvas,
  chain,
  chord,
  chunks,
  defineTask,
  group,
  into,
  map,
  mapEach,
  type OutOf,
  partial,
  type Settled,
  signature,
  starmap,
  type Start,
  step,
} from './index.ts';

const load = defineTask('files.load', {
  input: z.object({ url: z.string() }),
  output: z.object({ text: z.string(), at: z.iso.datetime().transform(Date.parse) }),
});
const count = defineTask('texts.count', { input: z.object({ text: z.string() }), output: z.int() });
const add = defineTask('sums.add', { input: z.array(z.number()), output: z.number() });
const mail = defineTask('mail.send', {
  input: z.object({ to: z.string(), counts: z.array(z.number()) }),
  output: z.void(),
});
const loaded = signature(load, { url: 'u' });
const sizes = group([chain(loaded, count), signature(count, { text: 'a' })]);

describe('a canvas', () => {
  it('has the types of its steps: what is given on, and what the caller gets', () => {
    expectTypeOf(loaded).toEqualTypeOf<
      Canvas<unknown, { text: string; at: string }, { text: string; at: number }>
    >();
    expectTypeOf(chain(loaded, count)).toEqualTypeOf<Canvas<unknown, number, number>>();
    expectTypeOf<OutOf<typeof sizes>>().toEqualTypeOf<[number, number]>();
    expectTypeOf(chord(sizes, add)).toEqualTypeOf<Canvas<unknown, number, number>>();
    const settling = group([loaded], { failure: 'allSettled' });
    type Loaded = { text: string; at: number };
    expectTypeOf<OutOf<typeof settling>>().toEqualTypeOf<[Settled<Loaded>]>();
    expectTypeOf<OutOf<ReturnType<typeof chunks<typeof count>>>>().toEqualTypeOf<number[][]>();
    const ignored = signature(load, { url: 'u' }, { ignoreResult: true });
    expectTypeOf(ignored).toEqualTypeOf<Canvas<unknown, null, null>>();
    expectTypeOf(chain(sizes, into(mail, 'counts', { to: 'a' }))).toExtend<Canvas<unknown, null>>();
    expectTypeOf(partial(mail, { to: 'a' })).toExtend<Canvas<{ counts: number[] }>>();
  });

  it('is refused by the compiler where two steps do not fit', () => {
    // @ts-expect-error: a number is no object with a text
    chain(signature(count, { text: 'a' }), count);
    // @ts-expect-error: what is loaded is no list
    chain(loaded, add);
    // @ts-expect-error: a list of objects is no list of numbers
    chord(group([loaded, loaded]), add);
    // @ts-expect-error: the recipient is missing
    chain(sizes, into(mail, 'counts'));
    // @ts-expect-error: a count is no list of counts
    chain(signature(count, { text: 'a' }), into(mail, 'counts', { to: 'a' }));
    // @ts-expect-error: no field of that name
    into(mail, 'subject', { to: 'a' });
    // @ts-expect-error: the input is no text
    signature(count, { text: 1 });
    // @ts-expect-error: members that may have failed are no numbers
    chord(group([signature(count, { text: 'a' })], { failure: 'allSettled' }), add);
    // @ts-expect-error: numbers are no inputs of count
    chain(map(count, [{ text: 'a' }]), mapEach(count));
    // @ts-expect-error: the second value is no text
    starmap(count, ['text'], [[1]]);
    const start: Start = async () => Promise.reject(new Error('types only'));
    // @ts-expect-error: nobody gives the first step its input
    start(chain(count)).catch(() => undefined);
    // @ts-expect-error: the callback takes no number
    start(chain(loaded, count), { onSuccess: step(add) }).catch(() => undefined);
    // @ts-expect-error: a failure has no list of counts
    start(loaded, { onFailure: step(mail) }).catch(() => undefined);
    expect(sizes.node.kind).toBe('group');
  });

  it('is immutable, and can be used in several others', () => {
    const inner = chain(loaded, count);
    const outer = group([inner, inner]);
    expect(Object.isFrozen(outer.node) && Object.isFrozen(inner.node)).toBe(true);
    const { node } = outer;
    if (node.kind !== 'group') throw new Error('expected a group');
    expect(() => (node.members as unknown[]).push(1)).toThrow(TypeError);
    expect(node.members).toEqual([inner.node, inner.node]);
  });

  it('refuses chunks of no size', () => {
    expect(() => chunks(count, [], 0)).toThrow('chunks: expected a whole number from 1 as size');
  });
});
