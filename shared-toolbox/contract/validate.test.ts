import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { validate } from './index.ts';

describe('validate', () => {
  const schema = z.object({ photos: z.array(z.object({ name: z.string() })), size: z.int() });

  it('gives the value with its defaults', () => {
    const parsed = validate('input', z.object({ a: z.string().default('x') }), {});
    expect(parsed).toEqual({ ok: true, value: { a: 'x' } });
  });

  it('names every field that does not fit', () => {
    const parsed = validate('input of a.b', schema, { photos: [{ name: 1 }], size: 'x' });
    const message = parsed.ok ? '' : parsed.error.message;
    expect(message).toMatch(/^input of a\.b: photos\[0\]\.name: .*; size: /);
    expect(parsed.ok || parsed.error.field).toBe('photos[0].name');
  });

  it('calls the whole value (root)', () => {
    const parsed = validate('input', schema, null);
    expect(parsed.ok || parsed.error.field).toBe('(root)');
  });

  it.each([z.string().min(99), z.email(), z.literal('x'), z.enum(['a', 'b']), z.int()])(
    'never repeats the value, which may be secret',
    (field) => {
      const parsed = validate('input', z.object({ field }), { field: 'hunter2' });
      expect(parsed.ok).toBe(false);
      expect(JSON.stringify(parsed)).not.toContain('hunter2');
    },
  );

  it('refuses what is nested too deeply to be looked at', () => {
    const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
    const parsed = validate('input of a.b', z.json(), deep);
    expect(parsed.ok || parsed.error.message).toContain('nested');
  });
});
