import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fleetConfig,
  fleetSettings,
  PREFIX,
  readConfig,
  unknownVariables,
  VARIABLES,
} from './index.ts';

const known: ReadonlySet<string> = new Set(VARIABLES);
const value = fc.string({ minLength: 1 });

describe('a variable with our prefix', () => {
  it('that nobody reads is refused, whatever its name', () => {
    const unknown = fc.string().map((rest) => `${PREFIX}${rest}`);
    fc.assert(
      fc.property(unknown, value, (name, text) => {
        fc.pre(!known.has(name));
        expect(unknownVariables({ [name]: text })).toEqual([
          expect.stringMatching(/^TASKFLEET_\w*\??[\w?]*: is not known; [^\n]+$/),
        ]);
      }),
    );
  });

  it('that is one slip away from a known one is refused with that one', () => {
    const slip = fc.record({ name: fc.constantFrom(...VARIABLES), at: fc.nat(), text: value });
    fc.assert(
      fc.property(slip, ({ name, at, text }) => {
        const place = PREFIX.length + (at % (name.length - PREFIX.length));
        const slipped = `${name.slice(0, place)}X${name.slice(place)}`;
        const [problem, ...others] = unknownVariables({ [slipped]: text });
        expect(others).toEqual([]);
        expect(problem).toBe(`${slipped}: is not known; did you mean ${name}?`);
      }),
    );
  });

  it('that some program of the fleet reads is never refused, nor are those of others', () => {
    const foreign = fc.string().filter((name) => !name.startsWith(PREFIX));
    const names = fc.uniqueArray(fc.oneof(fc.constantFrom(...VARIABLES), foreign));
    fc.assert(
      fc.property(names, value, (some, text) => {
        expect(unknownVariables(Object.fromEntries(some.map((name) => [name, text])))).toEqual([]);
      }),
    );
  });

  it('that is empty is none', () => {
    expect(unknownVariables({ TASKFLEET_POL_SECONDS: '' })).toEqual([]);
  });

  it('that nobody reads is refused by whatever reads anything, without its value', () => {
    const slip = { TASKFLEET_STAG: 'hunter2' };
    const expected = 'TASKFLEET_STAG: is not known; did you mean TASKFLEET_STAGE?';
    expect(() => readConfig({ stage: fleetSettings.stage }, slip)).toThrow(expected);
    expect(() => fleetConfig(slip)).toThrow(expected);
    expect(() => fleetConfig(slip)).toThrow('TASKFLEET_TABLE: is missing');
    expect(() => fleetConfig(slip)).not.toThrow('hunter2');
  });
});
