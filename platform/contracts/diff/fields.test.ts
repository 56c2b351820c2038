import { secret } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { toldChanges } from '../testing/changesBetween.ts';

const [plain, strict] = [z.object({ a: z.string() }), z.strictObject({ a: z.string() })];

const field = (schema: z.ZodType) => z.object({ f: schema });

it.each([
  [
    'a new field of a loose object',
    z.looseObject({}),
    z.looseObject({ b: z.int().optional() }),
    ['breaking input.b: its type was any, is integer'],
  ],
  ['the same', plain, z.object({ a: z.string() }), []],
  ['a title', plain, z.object({ a: z.string().meta({ title: 'A' }) }), []],
  [
    'a new required field',
    plain,
    plain.extend({ b: z.int() }),
    ['breaking input.b: a required field was added'],
  ],
  [
    'a new field with a default',
    plain,
    plain.extend({ b: z.int().default(1) }),
    ['compatible input.b: it was added'],
  ],
  [
    'a new optional field',
    plain,
    plain.extend({ b: z.int().optional() }),
    ['compatible input.b: it was added'],
  ],
  [
    'a new optional field of a strict object',
    strict,
    strict.extend({ b: z.int().optional() }),
    [
      'careful input.b: it was added, and the contract before refuses fields that it does not declare',
    ],
  ],
  [
    'a removed field',
    plain.extend({ b: z.int().optional() }),
    plain,
    ['compatible input.b: it was removed'],
  ],
  [
    'a removed field of a strict object',
    strict.extend({ b: z.int().optional() }),
    strict,
    ['breaking input.b: it was removed, and fields that are not declared are refused'],
  ],
  [
    'a removed required field',
    plain.extend({ b: z.int() }),
    plain,
    ['careful input.b: a required field was removed'],
  ],
  [
    'a field that became required',
    field(z.int().optional()),
    field(z.int()),
    ['breaking input.f: it became required'],
  ],
  [
    'a field that became optional',
    field(z.int()),
    field(z.int().optional()),
    ['careful input.f: it became optional'],
  ],
  [
    'an object that became strict',
    plain,
    strict,
    ['careful input: fields that are not declared are refused now'],
  ],
  [
    'a loose object that became strict',
    z.looseObject({ a: z.string() }),
    strict,
    ['breaking input: fields that are not declared are refused now'],
  ],
  [
    'a default',
    field(z.int().default(1)),
    field(z.int().default(2)),
    ['compatible input.f: its default was 1, is 2'],
  ],
  ['a secret', field(z.string()), field(secret(z.string())), ['careful input.f: it became secret']],
  [
    'what was secret',
    field(secret(z.string())),
    field(z.string()),
    ['breaking input.f: it is no longer secret'],
  ],
] as const)('tells of %s in an input', (_name, before, after, lines) => {
  expect(toldChanges('input', before, after)).toEqual(lines);
});

it.each([
  [
    'a new value',
    field(z.enum(['a'])),
    field(z.enum(['a', 'b'])),
    ['breaking output.f: value "b" was added'],
  ],
  [
    'a removed value',
    field(z.enum(['a', 'b'])),
    field(z.enum(['a'])),
    ['breaking output.f: value "b" was removed'],
  ],
  [
    'a removed field',
    plain.extend({ b: z.int() }),
    plain,
    ['breaking output.b: a required field was removed'],
  ],
  [
    'a removed optional field',
    plain.extend({ b: z.int().optional() }),
    plain,
    ['compatible output.b: it was removed'],
  ],
  [
    'a new field',
    plain,
    plain.extend({ b: z.int() }),
    ['breaking output.b: a required field was added'],
  ],
  [
    'a new field with a default',
    plain,
    plain.extend({ b: z.int().default(0) }),
    ['compatible output.b: it was added'],
  ],
  [
    'a new field for a strict reader',
    strict,
    strict.extend({ b: z.int().optional() }),
    [
      'breaking output.b: it was added, and the contract before refuses fields that it does not declare',
    ],
  ],
  [
    'nothing instead of something',
    z.void(),
    plain,
    ['breaking output: its type was null, is a: string'],
  ],
  ['another word for nothing', z.void(), z.null(), []],
] as const)('tells of %s in an output', (_name, before, after, lines) => {
  expect(toldChanges('output', before, after)).toEqual(lines);
});
