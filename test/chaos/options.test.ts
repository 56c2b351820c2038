import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('the arguments of the laboratory', () => {
  it('have defaults: one minute, a seed by chance', () => {
    expect(readOptions([])).toMatchObject({ minutes: 1, terminations: undefined, json: false });
    expect(readOptions([])).toMatchObject({ seed: expect.stringMatching(/^\d+$/) });
  });

  it.each([
    { args: ['--minutes', '0'], problem: '--minutes: expected 0.1 to 120, got 0' },
    {
      args: ['--found', '--seed', '7'],
      problem: '--found has its own seeds and times: give it alone',
    },
    { args: ['--minutes', 'long'], problem: '--minutes: expected 0.1 to 120, got long' },
    {
      args: ['--terminations', '0'],
      problem: '--terminations: expected a whole number from 1 to 100000, got 0',
    },
    {
      args: ['--terminations', '1e3'],
      problem: '--terminations: expected a whole number from 1 to 100000, got 1e3',
    },
    {
      args: ['--terminations', '10', '--minutes', '1'],
      problem: '--minutes cannot be combined with --terminations: each says when the run ends',
    },
    {
      args: ['--chord', '10001'],
      problem: '--chord: expected a whole number from 1 to 10000, got 10001',
    },
    {
      args: ['--chord', '10', '--terminations', '1'],
      problem: '--terminations cannot be combined with --chord: each says when the run ends',
    },
    { args: ['--seed', 'x'], problem: '--seed: expected a whole number, got x' },
  ])('are refused: $args', ({ args, problem }) => {
    expect(readOptions(args)).toEqual({ problem });
  });

  it('ask for a number of terminations', () => {
    expect(readOptions(['--terminations', '1000'])).toMatchObject({ terminations: 1_000 });
  });

  it('ask for chords of so many members', () => {
    expect(readOptions(['--chord', '10000'])).toMatchObject({ chord: 10_000 });
  });

  it('are refused when unknown', () => {
    expect(readOptions(['--sed', '1'])).toMatchObject({
      problem: expect.stringContaining('--sed'),
    });
  });
});
