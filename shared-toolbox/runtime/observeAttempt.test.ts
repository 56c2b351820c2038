import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask, eachTask, secret } from '../contract/index.ts';
import { runFacts } from './observeAttempt.ts';

const login = defineTask('notes.login', {
  input: z.object({ user: z.string(), pin: secret(z.string()) }),
  output: z.null(),
});
const id = 'notes_00000000000000000000000000000001';
const message = { v: 1, id, root: id, task: 'notes.login', createdAt: 1 } as const;
const input = { user: 'alice', pin: 'hunter2' };
const shown = { user: 'alice', pin: '[secret]' };

describe('what a hook is told of an attempt', () => {
  it('is its task without secrets', () => {
    const facts = runFacts({ message: { ...message, input }, task: login }, 2);
    expect(facts).toMatchObject({
      id,
      task: 'notes.login',
      worker: 'notes',
      attempt: 2,
      input: shown,
    });
  });

  it('is without secrets too when the input is a list', () => {
    const asked = { ...message, input: [input, input], each: true as const };
    const { input: told } = runFacts({ message: asked, task: eachTask(login) }, 1);
    expect(told).toEqual([shown, shown]);
  });
});
