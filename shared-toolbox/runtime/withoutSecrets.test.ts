import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask, secret } from '../contract/index.ts';
import { InputSecrets } from './inputSecrets.ts';
import { withoutSecrets } from './withoutSecrets.ts';

const task = defineTask('notes.add', {
  input: z.object({ pin: secret(z.string()) }),
  output: z.null(),
});
const secrets = new InputSecrets(task, { pin: 'hunter22' });

function failed(error: Error) {
  const outcome = withoutSecrets({ kind: 'failed', error }, secrets);
  if (outcome.kind !== 'failed') throw new Error('it failed');
  return outcome.error;
}

describe('the error of an attempt', () => {
  it('stays what it is, without secrets in its words, its stack and its causes', () => {
    const error = new RangeError('hunter22!', { cause: new Error('of hunter22') });
    const shown = failed(error);
    expect(shown).toBe(error);
    expect(shown.message).toBe('[secret]!');
    expect(`${shown.stack} ${String(shown.cause)}`).not.toContain('hunter22');
  });

  it('that nobody may change is told anew under its name', () => {
    const shown = failed(Object.freeze(new RangeError('hunter22!')));
    expect([shown.name, shown.message]).toEqual(['RangeError', '[secret]!']);
    expect(shown.stack).not.toContain('hunter22');
  });

  it('may be its own cause', () => {
    const error = new Error('hunter22');
    error.cause = error;
    expect(failed(error).message).toBe('[secret]');
  });
});
