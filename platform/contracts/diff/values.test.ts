import { artifactRef } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { toldChanges } from '../testing/changesBetween.ts';

const field = (schema: z.ZodType) => z.object({ f: schema });
const lengthened = 'its minLength was none, is 3';

it.each([
  [
    'an enum that lost a value',
    field(z.enum(['xls', 'res'])),
    field(z.enum(['xls'])),
    ['breaking input.f: value "res" was removed'],
  ],
  [
    'an enum that got a value',
    field(z.enum(['xls'])),
    field(z.enum(['xls', 'res'])),
    ['careful input.f: value "res" was added'],
  ],
  [
    'an enum that was a text',
    field(z.string()),
    field(z.enum(['a'])),
    ['breaking input.f: its type was string, is "a"'],
  ],
  [
    'a text that was an enum',
    field(z.enum(['a'])),
    field(z.string()),
    ['careful input.f: its type was "a", is string'],
  ],
  [
    'another pattern',
    field(z.string().regex(/^a/)),
    field(z.string().regex(/^b/)),
    ['unjudged input.f: its pattern was ^a, is ^b'],
  ],
  [
    'another type',
    field(z.string()),
    field(z.int()),
    ['breaking input.f: its type was string, is integer'],
  ],
  [
    'a number that was whole',
    field(z.int()),
    field(z.number()),
    ['careful input.f: its type was integer, is number'],
  ],
  [
    'a whole number that was any',
    field(z.number()),
    field(z.int()),
    ['breaking input.f: its type was number, is integer'],
  ],
  [
    'a longer text',
    field(z.string()),
    field(z.string().min(3)),
    [`breaking input.f: ${lengthened}`],
  ],
  [
    'a shorter text',
    field(z.string().min(3)),
    field(z.string()),
    ['careful input.f: its minLength was 3, is none'],
  ],
  ['bounds that are the same', field(z.int().gt(3)), field(z.int().min(4)), []],
  [
    'a tighter bound',
    field(z.number().max(9)),
    field(z.number().lt(9)),
    ['breaking input.f: its maximum was 9, is 9, which is outside'],
  ],
  [
    'a new pattern',
    field(z.string()),
    field(z.string().regex(/^a/)),
    ['breaking input.f: its pattern was none, is ^a'],
  ],
  [
    'a removed pattern',
    field(z.string().regex(/^a/).regex(/b$/)),
    field(z.string().regex(/^a/)),
    ['careful input.f: its pattern was ^a and b$, is ^a'],
  ],
  [
    'another format',
    field(z.email()),
    field(z.url()),
    ['breaking input.f: its format was email, is uri'],
  ],
  [
    'a text that became a file',
    field(z.string()),
    field(artifactRef),
    ['breaking input.f: its format was none, is artifact'],
  ],
  [
    'steps',
    field(z.int()),
    field(z.int().multipleOf(5)),
    ['breaking input.f: its multipleOf was none, is 5'],
  ],
  [
    'finer steps',
    field(z.int().multipleOf(10)),
    field(z.int().multipleOf(5)),
    ['careful input.f: its multipleOf was 10, is 5'],
  ],
  [
    'anything',
    field(z.any().optional()),
    field(z.string().optional()),
    ['breaking input.f: its type was any, is string'],
  ],
  [
    'the same refinement',
    field(z.string().refine((text) => text !== '')),
    field(z.string().refine((text) => text !== '')),
    [],
  ],
  [
    'another refinement',
    field(z.string().refine((text) => text !== 'a')),
    field(z.string().refine((text) => text !== 'b')),
    [
      'unjudged input.f: nothing tells what a change of a refinement, transform or other code of its schema does',
    ],
  ],
  [
    'another transform',
    field(z.string().transform((text) => text + 1)),
    field(z.string().transform((text) => text + 2)),
    [
      'unjudged input.f: nothing tells what a change of a refinement, transform or other code of its schema does',
    ],
  ],
  [
    'what comes out of one',
    field(z.string().transform(Number).pipe(z.number())),
    field(z.string().transform(Number).pipe(z.number().max(3))),
    [
      'unjudged input.f: nothing tells what a change of a refinement, transform or other code of its schema does',
    ],
  ],
  [
    'what is made a number',
    field(z.number()),
    field(z.coerce.number()),
    [
      'unjudged input.f: nothing tells what a change of a refinement, transform or other code of its schema does',
    ],
  ],
] as const)('tells of %s in an input', (_name, before, after, lines) => {
  expect(toldChanges('input', before, after)).toEqual(lines);
});
