import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

describe('the options of npm start', () => {
  it('are all off by default', () => {
    expect(parseOptions([])).toEqual({ once: false, watch: false, help: false });
  });

  it('are known by name', () => {
    expect(parseOptions(['--once', '--watch'])).toMatchObject({ once: true, watch: true });
  });

  it.each([['--onse'], ['--once=yes'], ['now']])('are refused in one line otherwise: %s', (arg) => {
    expect(() => parseOptions([arg])).toThrow(
      `expected --once, --watch or --help, got "${arg}"; see npm start -- --help`,
    );
  });
});
