import { inputSchema } from '@taskfleet/platform/contracts';
import { secret } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { openFields } from './openFields.ts';

const pathsOf = (input: z.ZodType) =>
  openFields(inputSchema({ input }), 'input').map(({ path }) => path);

it('finds fields in objects, lists, tuples, records and each side of a union', () => {
  const leaf = (name: string) => z.object({ [name]: z.string() });
  const input = z.object({
    list: z.array(leaf('a')),
    pair: z.tuple([leaf('b'), leaf('c')]),
    named: z.record(z.string(), leaf('d')),
    either: z.union([leaf('e'), leaf('f').optional()]),
    both: z.intersection(leaf('g'), leaf('h')),
  });
  expect(pathsOf(input)).toEqual(
    expect.arrayContaining([
      'input.list[].a',
      'input.pair[].b',
      'input.pair[].c',
      'input.named.*.d',
      'input.either.e',
      'input.either.f',
      'input.both.g',
      'input.both.h',
    ]),
  );
});

it('leaves out secrets and what is in them, however they are wrapped', () => {
  const input = z.object({
    open: z.string(),
    token: secret(z.string()),
    maybe: secret(z.string()).optional(),
    none: secret(z.string()).nullable(),
    login: secret(z.object({ password: z.string() })),
  });
  expect(pathsOf(input)).toEqual(['input.open']);
});

it('ends on schemas that hold themselves', () => {
  const node: z.ZodType = z.object({
    token: z.string(),
    get next() {
      return node.optional();
    },
  });
  expect(pathsOf(node)).toEqual(['input.token', 'input.next']);
});
