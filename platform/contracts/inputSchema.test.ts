import { artifactRef, defineTask, secret } from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { describeSchema, inputSchema } from './inputSchema.ts';

function describeInput(input: z.ZodType): string {
  return describeSchema(inputSchema(defineTask('a.b', { input, output: z.json() })));
}

it.each([
  [z.object({ photo: artifactRef, size: z.int().default(3) }), 'photo: artifact, size?: integer'],
  [z.object({ format: z.enum(['xls', 'shp']) }), 'format: "xls" | "shp"'],
  [z.object({ to: z.array(z.email()) }), 'to: email[]'],
  [z.object({ to: z.array(z.union([z.string(), z.int()])) }), 'to: (string | integer)[]'],
  [z.object({ box: z.object({ x: z.number(), y: z.literal(1) }) }), 'box: { x: number, y: 1 }'],
  [z.object({ many: z.array(artifactRef.optional()) }), 'many: artifact[]'],
  [z.object({ any: z.custom<string>() }), 'any: any'],
  [z.string().transform(Number), 'string'],
  [z.object({}), ''],
])('describes an input on one line (%#)', (schema, text) => {
  expect(describeInput(schema)).toBe(text);
});

it('marks what is secret as write-only', () => {
  const input = z.object({
    name: z.string(),
    password: secret(z.string()).optional(),
    codes: z.array(secret(z.string()).min(3)),
  });
  expect(inputSchema({ input }).properties).toEqual({
    name: { type: 'string' },
    password: { type: 'string', writeOnly: true },
    codes: { type: 'array', items: { type: 'string', minLength: 3, writeOnly: true } },
  });
});
