import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineFleet, defineTask, defineWorker, periodic } from './index.ts';

const index = defineTask('layers.index', {
  input: z.object({ branch: z.string().default('main') }),
  output: z.void(),
});
const fleetOf = (...declared: ReturnType<typeof periodic>[]) =>
  defineFleet([defineWorker('layers', { tasks: [index] })], { periodic: declared });

describe('a periodic task', () => {
  it('is declared by the calendar, in UTC unless said otherwise, or by a length of time', () => {
    const nightly = periodic('nightly', { cron: ' 0  3 * * * ', task: index, input: {} });
    expect(nightly).toEqual({
      name: 'nightly',
      task: index,
      input: {},
      timing: { cron: '0 3 * * *', timeZone: 'UTC' },
      missed: 'once',
    });
    const often = periodic('often', { every: '5m', task: index, input: {}, creator: 'clock' });
    expect(often).toMatchObject({ timing: { every: '5m' }, creator: 'clock' });
    expect([...fleetOf(nightly, often).periodic.values()]).toEqual([nightly, often]);
  });

  it('is refused with everything that is wrong with it', () => {
    const options = {
      cron: '0 25 * * *',
      timeZone: 'Mars/Base',
      task: index,
      input: { branch: 7 },
      missed: 'twice',
      creator: '',
      expires: 'never',
    };
    // What a command line can ask for, and the types do not let through.
    expect(() => periodic('Nightly', options as never)).toThrow(
      expect.objectContaining({
        code: 'definition_invalid',
        problems: [
          'name: expected lower-case letters, digits and hyphens, at most 63',
          'timeZone: expected a name such as "Europe/Berlin", got "Mars/Base"',
          expect.stringMatching(/^cron: .* got "0 25 \* \* \*" \(Invalid value for hour: 25\)$/),
          expect.stringMatching(/^input of layers\.index: branch: /),
          'missed: expected skip, once, all, got "twice"',
          'creator: expected 1 to 256 characters, got 0',
          expect.stringContaining('expires: expected digits'),
        ],
      }),
    );
  });

  it.each([
    [{ cron: '0 3 * * *', every: '5m' }, 'cron: expected none beside every'],
    [{ timeZone: 'UTC', every: '5m' }, 'timeZone: expected none beside every'],
    [{}, 'got ""'],
  ])('is refused with %j', (when, problem) => {
    expect(() => periodic('x', { ...when, task: index, input: {} } as never)).toThrow(problem);
  });

  it('is refused with an input that no message carries', () => {
    const input = { branch: 'x'.repeat(70_000) };
    expect(() => periodic('x', { every: '5m', task: index, input })).toThrow(
      'input: expected at most 65536 bytes, got 70013',
    );
  });

  it('has a name of its own in the fleet, and a task of it', () => {
    const one = periodic('one', { every: '5m', task: index, input: {} });
    expect(() => fleetOf(one, one)).toThrow('periodic task "one" is declared twice');
    const other = defineTask('mail.send', { input: z.object({}), output: z.void() });
    const foreign = periodic('two', { every: '5m', task: other, input: {} });
    expect(() => fleetOf(foreign)).toThrow(
      'periodic task "two": no worker of the fleet has mail.send',
    );
  });
});
