import { defineTask, defineWorker, implement, lambda } from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findingsOf } from './testing/findingsOf.ts';
import { mailWith, samples } from './testing/mailWorker.ts';
import { said, text } from './testing/sayWorker.ts';

describe('a healthy worker is told of nothing', () => {
  it('on Fargate', async () => {
    expect(await findingsOf(mailWith({}), { samples })).toEqual({});
  });

  it('on Lambda, with priorities and limits', async () => {
    const task = defineTask('say.it', {
      input: text,
      output: z.string(),
      priority: 'high',
      rateLimit: '1/h',
      timeLimit: '1m',
      unique: (input) => input.text,
    });
    const compute = lambda({ maxConcurrency: 10 });
    const worker = defineWorker('say', { tasks: [task], compute, priorities: true });
    const implementation = implement(worker, { 'say.it': (input) => input.text });
    expect(await findingsOf(implementation, said)).toEqual({});
  });
});
