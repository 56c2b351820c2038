import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('the arguments of the laboratory', () => {
  it('have defaults: one minute, a seed by chance', () => {
    expect(readOptions([])).toMatchObject({ minutes: 1, json: false });
    expect(readOptions([])).toMatchObject({ seed: expect.stringMatching(/^\d+$/) });
  });

  it.each([
    { args: ['--minutes', '0'], problem: '--minutes: expected 0.1 to 120, got 0' },
    { args: ['--minutes', 'long'], problem: '--minutes: expected 0.1 to 120, got long' },
    { args: ['--seed', 'x'], problem: '--seed: expected a whole number, got x' },
  ])('are refused: $args', ({ args, problem }) => {
    expect(readOptions(args)).toEqual({ problem });
  });

  it('are refused when unknown', () => {
    expect(readOptions(['--sed', '1'])).toMatchObject({
      problem: expect.stringContaining('--sed'),
    });
  });
});
