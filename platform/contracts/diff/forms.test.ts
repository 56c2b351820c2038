import { expect, it } from 'vitest';
import { z } from 'zod';
import { toldChanges } from '../testing/changesBetween.ts';

const field = (schema: z.ZodType) => z.object({ f: schema });
const plain = z.object({ a: z.string() });
const lengthened = 'its minLength was none, is 3';
const kinds = (...names: string[]) =>
  z.discriminatedUnion(
    'kind',
    names.map((name) => z.object({ kind: z.literal(name), [name]: z.string() })) as never,
  );
/** One and the same schema within itself. */
const list = (name: z.ZodType) => {
  const node: z.ZodType = z.object({ name, next: z.lazy(() => node).optional() });
  return node;
};

it.each([
  [
    'null that is no more',
    field(z.string().nullable()),
    field(z.string()),
    ['breaking input.f: null is no longer one of its forms'],
  ],
  [
    'null that came',
    field(z.string()),
    field(z.string().nullable()),
    ['careful input.f: null became one of its forms'],
  ],
  [
    'elements of a list',
    field(z.array(z.enum(['a', 'b']))),
    field(z.array(z.enum(['a']))),
    ['breaking input.f[]: value "b" was removed'],
  ],
  [
    'a list that got shorter',
    field(z.array(z.string())),
    field(z.array(z.string()).max(2)),
    ['breaking input.f: its maxItems was none, is 2'],
  ],
  [
    'a tuple',
    field(z.tuple([z.string(), z.int()])),
    field(z.tuple([z.string(), z.string()])),
    ['breaking input.f[1]: its type was integer, is string'],
  ],
  [
    'a record',
    field(z.record(z.string(), z.int())),
    field(z.record(z.string(), z.int().max(3))),
    ['breaking input.f.*: its maximum was 9007199254740991, is 3'],
  ],
  [
    'names of a record',
    field(z.partialRecord(z.enum(['a', 'b']), z.int())),
    field(z.partialRecord(z.enum(['a']), z.int())),
    ['breaking input.f (names): value "b" was removed'],
  ],
  [
    'a form less',
    kinds('a', 'b'),
    kinds('a'),
    ['breaking input: kind: "b", b: string is no longer one of its forms'],
  ],
  [
    'a form more',
    kinds('a'),
    kinds('a', 'b'),
    ['careful input: kind: "b", b: string became one of its forms'],
  ],
  [
    'a field of a form',
    z.union([field(z.string()), z.string()]),
    z.union([field(z.string().min(3)), z.string()]),
    [`breaking input.f: ${lengthened}`],
  ],
  ['a form with more in it', z.union([z.string(), z.int()]), z.union([z.int(), z.string()]), []],
  [
    'a part of both',
    field(z.intersection(plain, z.looseObject({ b: z.string() }))),
    field(z.intersection(plain, z.looseObject({ b: z.string().min(3) }))),
    [`breaking input.f.b: ${lengthened}`],
  ],
  [
    'a schema within itself',
    list(z.string()),
    list(z.string().min(3)),
    [`breaking input.name: ${lengthened}`],
  ],
] as const)('tells of %s in an input', (_name, before, after, lines) => {
  expect(toldChanges('input', before, after)).toEqual(lines);
});
