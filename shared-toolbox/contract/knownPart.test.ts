import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { z } from 'zod';
import { knownPart } from './knownPart.ts';

const user = z.object({ id: z.int(), name: z.string().optional() });
const ada = { id: 1, name: 'Ada' };
const row = { ...ada, passwordHash: 'x' };

interface Tree {
  readonly id: number;
  readonly children: readonly Tree[];
}
const tree: z.ZodType<Tree> = z.object({ id: z.int(), children: z.array(z.lazy(() => tree)) });
const leaf = { id: 2, children: [], extra: 1 };

describe('what a schema knows of a value', () => {
  it.each<[string, z.ZodType, z.core.util.JSONType, z.core.util.JSONType]>([
    ['an object', user, row, ada],
    ['an array', z.array(user), [row, row], [ada, ada]],
    ['a tuple', z.tuple([z.string(), user], user), ['a', row, row], ['a', ada, ada]],
    ['a record', z.record(z.string(), user), { any: row }, { any: ada }],
    ['a nested object', z.object({ user }), { user: row, also: row }, { user: ada }],
    ['a wrapper', user.nullable().default(null).readonly(), row, ada],
    ['a union', z.union([z.string(), user]), row, ada],
    [
      'an intersection',
      user.and(z.object({ age: z.int() })),
      { ...row, age: 3 },
      { ...ada, age: 3 },
    ],
    ['what is transformed', user.transform(({ id }) => id), row, ada],
    [
      'a recursive schema',
      tree,
      { ...leaf, children: [leaf] },
      { id: 2, children: [{ id: 2, children: [] }] },
    ],
  ])('is of %s what parsing keeps', (_what, schema, value, known) => {
    expect(knownPart(schema, value)).toEqual(known);
    expect(schema.parse(knownPart(schema, value))).toEqual(schema.parse(value));
  });

  it.each<[string, z.ZodType]>([
    ['a loose object', z.looseObject({ id: z.int() })],
    ['a catchall', user.catchall(z.string())],
    ['any JSON', z.json()],
    ['anything', z.unknown()],
    ['a function that looks first', z.preprocess((value) => value, user)],
    ['a union with anything', z.union([user, z.any()])],
  ])('is everything with %s', (_what, schema) => {
    expect(knownPart(schema, row)).toEqual(row);
  });

  it('is all of any JSON, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const wire = JSON.parse(JSON.stringify(value)) as z.core.util.JSONType;
        expect(knownPart(z.json(), wire)).toEqual(wire);
      }),
    );
  });
});
