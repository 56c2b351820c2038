import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateJsonError } from './locateJsonError.ts';

describe('locateJsonError', () => {
  it.each([
    ['', 1, 1, 'the end'],
    ['{', 1, 2, 'the end'],
    ['{"a" 1}', 1, 6, '"1"'],
    ['{"a":1,}', 1, 8, '"}"'],
    ['[1 2]', 1, 4, '"2"'],
    ['{"a":\n  undefined}', 2, 3, '"undefined"'],
    [`{'a':1}`, 1, 2, `"'"`],
    ['"open', 1, 1, '"\\""'],
    ['{} trailing', 1, 4, '"trailing"'],
    ['[1e]', 1, 3, '"e"'],
    ['01', 1, 2, '"1"'],
    ['😀', 1, 1, '"😀"'],
  ])('places the mistake in %j', (text, line, column, found) => {
    expect(locateJsonError(text)).toEqual({ line, column, found });
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const text = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '0', '\\', '\n'));
    fc.assert(
      fc.property(text, ([json, at, inserted]) => {
        const cut = at % (json.length + 1);
        const mangled = json.slice(0, cut) + inserted + json.slice(cut + 1);
        expect(locateJsonError(mangled) === undefined).toBe(isJson(mangled));
        expect(locateJsonError(json)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('survives nesting that nobody types', () => {
    expect(locateJsonError('['.repeat(200_000))).toBeDefined();
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
