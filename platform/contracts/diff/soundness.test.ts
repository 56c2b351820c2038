import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { schemaChanges } from '../testing/changesBetween.ts';

/** A schema, and the values that a writer of it may write: no fields but those that it names or opens itself to. */
interface Sample {
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<unknown>;
}

const words = ['a', 'b', 'ab', 'abc', ''] as const;

const text: fc.Arbitrary<Sample> = fc.tuple(fc.nat(3), fc.nat(3)).map(([min, more]) => ({
  schema: z
    .string()
    .min(min)
    .max(min + more),
  values: fc.string({ minLength: min, maxLength: min + more }),
}));

const whole: fc.Arbitrary<Sample> = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.nat(3), fc.boolean())
  .map(([min, more, isOpen]) => ({
    schema: isOpen
      ? z
          .int()
          .gt(min - 1)
          .lt(min + more + 1)
      : z
          .int()
          .min(min)
          .max(min + more),
    values: fc.integer({ min, max: min + more }),
  }));

const fraction: fc.Arbitrary<Sample> = fc
  .tuple(fc.nat(3), fc.constantFrom(1, 2, 5))
  .map(([min, step]) => ({
    schema: z.number().gte(min).multipleOf(step),
    values: fc.nat(5).map((n) => (Math.ceil(min / step) + n) * step),
  }));

const chosen: fc.Arbitrary<Sample> = fc
  .subarray([...words], { minLength: 1 })
  .map((some) => ({ schema: z.enum(some), values: fc.constantFrom(...some) }));

const simple: fc.Arbitrary<Sample> = fc.constantFrom<Sample>(
  { schema: z.boolean(), values: fc.boolean() },
  { schema: z.null(), values: fc.constant(null) },
  { schema: z.literal('a'), values: fc.constant('a') },
  { schema: z.literal([1, 'b']), values: fc.constantFrom(1, 'b') },
  { schema: z.string(), values: fc.string() },
  { schema: z.number(), values: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { schema: z.json(), values: fc.jsonValue({ maxDepth: 1 }) },
);

const { sample, fields } = fc.letrec<{ sample: Sample; fields: Sample }>((tie) => ({
  fields: fc
    .tuple(
      fc.dictionary(
        fc.constantFrom('a', 'b', 'c'),
        fc.tuple(tie('sample'), fc.constantFrom('required', 'optional')),
        { maxKeys: 3 },
      ),
      fc.constantFrom('plain' as const, 'strict' as const, 'loose' as const),
    )
    .map(([fields, kind]) => objectOf(fields, kind)),
  sample: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    simple,
    text,
    whole,
    fraction,
    chosen,
    tie('fields'),
    tie('sample').map(({ schema, values }) => ({
      schema: z.array(schema).max(2),
      values: fc.array(values, { maxLength: 2 }),
    })),
    tie('sample').map(({ schema, values }) => ({
      schema: schema.nullable(),
      values: fc.option(values),
    })),
    tie('sample').map(({ schema, values }) => ({
      schema: z.record(z.string(), schema),
      values: fc.dictionary(fc.constantFrom('a', 'x'), values),
    })),
    fc.tuple(tie('sample'), tie('sample')).map(([a, b]) => ({
      schema: z.union([a.schema, b.schema]),
      values: fc.oneof(a.values, b.values),
    })),
    fc.tuple(tie('sample'), tie('sample')).map(([a, b]) => ({
      schema: z.tuple([a.schema, b.schema]),
      values: fc.tuple(a.values, b.values),
    })),
  ),
}));

function objectOf(
  fields: Readonly<Record<string, readonly [Sample, string]>>,
  kind: 'plain' | 'strict' | 'loose',
): Sample {
  const entries = Object.entries(fields);
  const shape = Object.fromEntries(
    entries.map(([key, [{ schema }, how]]) => [
      key,
      how === 'required' ? schema : schema.optional(),
    ]),
  );
  const required = entries.filter(([, [, how]]) => how === 'required').map(([key]) => key);
  const known = fc.record(Object.fromEntries(entries.map(([key, [one]]) => [key, one.values])), {
    requiredKeys: required,
  });
  const others = fc.dictionary(fc.constantFrom('y', 'z'), fc.jsonValue({ maxDepth: 1 }));
  return {
    schema: { plain: z.object, strict: z.strictObject, loose: z.looseObject }[kind](shape),
    values:
      kind === 'loose'
        ? fc.tuple(others, known).map(([some, own]) => Object.assign({}, some, own))
        : known,
  };
}

/** As a message or record carries it. */
function wire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const pairs = fc
  .oneof(fc.tuple(sample, sample), fc.tuple(fields, fields))
  .chain(([before, after]) =>
    fc.record({
      before: fc.constant(before),
      after: fc.constant(after),
      old: before.values,
      recent: after.values,
    }),
  );

const RUNS = { numRuns: 400 };

it('tells of a breaking change wherever a waiting input, or a kept output, is refused', () => {
  fc.assert(
    fc.property(pairs, ({ before, after, old }) => {
      fc.pre(before.schema.safeParse(wire(old)).success);
      fc.pre(!after.schema.safeParse(wire(old)).success);
      for (const side of ['input', 'output'] as const) {
        const changes = schemaChanges(side, before.schema, after.schema);
        expect(changes.map(({ verdict }) => verdict)).toContain('breaking');
      }
    }),
    RUNS,
  );
});

it('tells of a change wherever a new input is refused by an old worker, and a new output by an old reader', () => {
  fc.assert(
    fc.property(pairs, ({ before, after, recent }) => {
      fc.pre(after.schema.safeParse(wire(recent)).success);
      fc.pre(!before.schema.safeParse(wire(recent)).success);
      const inputs = schemaChanges('input', before.schema, after.schema);
      expect(inputs.filter(({ verdict }) => verdict !== 'compatible')).not.toEqual([]);
      const outputs = schemaChanges('output', before.schema, after.schema);
      expect(outputs.map(({ verdict }) => verdict)).toContain('breaking');
    }),
    RUNS,
  );
});

it('tells of nothing where nothing has changed', () => {
  fc.assert(
    fc.property(sample, ({ schema }) => {
      const copy = z.object({ same: schema });
      expect(schemaChanges('input', copy, z.object({ same: schema }))).toEqual([]);
      // Another description, so that nothing is equal as a whole.
      const told = z.object({ same: schema }).describe('the same');
      expect(schemaChanges('output', copy, told)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
