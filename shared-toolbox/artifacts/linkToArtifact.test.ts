import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Duration } from '../contract/index.ts';
import { linkTerms } from './index.ts';

const REF = 'artifact:export/7/Übung 1.xlsx';
const disposition = (fileName: string) => linkTerms(REF, { fileName }).disposition;

describe('a link', () => {
  it('lives for an hour and saves the file under its own name, unless somebody says otherwise', () => {
    expect(linkTerms(REF)).toEqual({
      seconds: 3_600,
      disposition: "attachment; filename*=UTF-8''%C3%9Cbung%201.xlsx",
    });
    expect(linkTerms(REF, { expires: '7d', fileName: 'a.xlsx' })).toEqual({
      seconds: 604_800,
      disposition: "attachment; filename*=UTF-8''a.xlsx",
    });
  });

  it.each(['0s', '999ms', '8d', '169h', 'soon'])('does not live for %s', (expires) => {
    const expected = `link expires: expected a time from "1s" to "7d", got "${expires}"`;
    expect(() => linkTerms(REF, { expires: expires as Duration })).toThrow(expected);
  });

  it.each([
    ["it's (1)*.txt", 'it%27s%20%281%29%2A.txt'],
    ['a"; b=c.txt', 'a%22%3B%20b%3Dc.txt'],
    ['a\r\nSet-Cookie: x', 'a__Set-Cookie%3A%20x'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['\u202Efdp.exe', '_fdp.exe'],
    ['\uD800.txt', '_.txt'],
    ['👩‍💻.txt', '%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB.txt'],
  ])('saves %j under a name that is one', (fileName, encoded) => {
    expect(disposition(fileName)).toBe(`attachment; filename*=UTF-8''${encoded}`);
  });

  it('has a header that no name can end', () => {
    const unit = fc.oneof(fc.constantFrom('"', ';', '\r', '\n', '\0', "'", '%'), fc.string());
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        expect(disposition(units.join(''))).toMatch(
          /^attachment; filename\*=UTF-8''([A-Za-z0-9!._~-]|%[0-9A-F]{2})*$/,
        );
      }),
    );
  });
});
