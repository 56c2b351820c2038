import { expect, it } from 'vitest';
import { parseOptions } from './options.ts';

it('takes the folder for the tarball', () => {
  expect(parseOptions([])).toEqual({ out: '.build', help: false });
  expect(parseOptions(['--out', '../reports'])).toEqual({ out: '../reports', help: false });
});

it.each([[['--ot', 'x']], [['x']], [['--out']], [['--out', '']], [['--out', '--help']]])(
  'refuses %j in one line',
  (args) => {
    const line = `expected --out <folder> or --help, got "${args.join(' ')}"; see npm run pack:toolbox -- --help`;
    expect(() => parseOptions(args)).toThrow(line);
  },
);
