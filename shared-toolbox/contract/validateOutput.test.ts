import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask, validateOutput } from './index.ts';

const withOutput = <O extends z.ZodType>(output: O) =>
  defineTask('mail.send', { input: z.null(), output });

describe('an output as JSON has carried it', () => {
  it('may be nothing, for a task that returns nothing', () => {
    const parsed = validateOutput(withOutput(z.void()), null);
    expect(parsed).toEqual({ ok: true, value: undefined });
  });

  it('stays null where null is what the task returns', () => {
    expect(validateOutput(withOutput(z.null()), null)).toEqual({ ok: true, value: null });
  });

  it('names the field that does not fit', () => {
    const parsed = validateOutput(withOutput(z.object({ pages: z.int() })), { pages: 'ten' });
    expect(parsed).toMatchObject({ ok: false, error: { field: 'pages' } });
    expect(validateOutput(withOutput(z.object({})), null).ok).toBe(false);
  });
});
