import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('the options of test:deploy', () => {
  it('are all off by themselves', () => {
    const off = { json: false, required: false, keep: false, help: false };
    expect(readOptions([])).toEqual(off);
    expect(readOptions(['--json', '--keep'])).toEqual({ ...off, json: true, keep: true });
  });

  it.each([['--stage'], ['prod']])('refuse %s in one line', (argument) => {
    const problem = `expected --json, --required, --keep or --help, got "${argument}"`;
    expect(readOptions([argument])).toEqual({ problem });
  });
});
