import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { defineTask, secret } from '../../contract/index.ts';
import { jsonBytes } from './cutText.ts';
import { InputSecrets } from '../inputSecrets.ts';
import { lineOf, LONGEST_LINE_BYTES } from './lineOf.ts';

const output = z.null();
const plain = defineTask('a.plain', { input: z.object({ text: z.string() }), output });
const login = defineTask('a.login', {
  output,
  input: z.object({
    user: z.string(),
    password: secret(z.string().trim()),
    pin: secret(z.string()).optional(),
    code: secret(z.number()).optional(),
    isAdmin: secret(z.boolean()).optional(),
    accounts: z.array(secret(z.object({ key: z.string() }))).optional(),
    token: secret(z.string()).default('of-the-default'),
  }),
});

const none = new InputSecrets(plain, { text: 'hunter1' });
const said = { at: 1_700_000_000_999, level: 'info', message: 'done', fields: undefined } as const;
const line = (message: unknown, fields?: unknown, secrets = none) =>
  lineOf({ ...said, message, fields }, secrets);

describe('a line that is kept', () => {
  it('has its second, level, message and fields', () => {
    const fields = { rows: 3, of: { table: 'a' }, ok: true, none: null };
    const at = 1_700_000_000_000;
    expect(line('done', fields)).toEqual({ at, level: 'info', message: 'done', fields });
    expect(line('done')).toEqual({ at, level: 'info', message: 'done' });
  });

  it('shows what is no JSON as well as it can', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    const fields = {
      error: new TypeError('no', { cause: 'x' }),
      when: new Date(0),
      big: 12n,
      nan: Number.NaN,
      bytes: new Uint8Array(1_000),
      call: () => 1,
      url: new URL('https://example.com/a'),
      cyclic,
    };
    expect(line('done', fields).fields).toEqual({
      error: { name: 'TypeError', message: 'no' },
      when: '1970-01-01T00:00:00.000Z',
      big: '12',
      nan: 'NaN',
      bytes: '[1000 bytes]',
      call: '[function]',
      url: 'https://example.com/a',
      cyclic: { self: { self: { self: '…' } } },
    });
  });

  it('says so where a field cannot be read, and has the others', () => {
    const fields = {
      get broken(): string {
        throw new Error('no');
      },
      fine: 1,
      revoked: proxyOfNothing(),
    };
    const kept = { broken: '[unreadable]', fine: 1, revoked: '[unreadable]' };
    expect(line('done', fields).fields).toEqual(kept);
  });

  it.each([
    ['a long message', 'x'.repeat(1e6), undefined],
    ['one of characters that JSON makes six of', '\u0001'.repeat(5_000), { a: 1 }],
    ['one of emoji', '😀'.repeat(5_000), undefined],
    ['long fields', 'done', { a: 'ä'.repeat(5_000), b: 'x'.repeat(5_000), c: 1 }],
    [
      'many fields',
      'x'.repeat(1_000),
      Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => [i, i])),
    ],
    ['long names', 'done', { ['x'.repeat(9_999)]: { ['y'.repeat(9_999)]: 1 } }],
    ['a deep tree', 'done', wide(4)],
  ])('takes at most 1 KiB of %s', (_what, message, fields) => {
    const kept = line(message, fields);
    expect(jsonBytes(kept)).toBeLessThanOrEqual(LONGEST_LINE_BYTES);
    expect(JSON.stringify(kept)).toContain('…');
    expect(kept.message.isWellFormed()).toBe(true);
  });

  it('keeps short fields beside one that does not fit', () => {
    const fields = { long: ['x', 'y', 'z'].map((each) => each.repeat(400)), short: 1 };
    expect(line('done', fields).fields).toEqual({ short: 1, '…': '…' });
  });
});

describe("the input's secrets in a line", () => {
  const input = {
    user: 'ann',
    password: ' pass"w/rd ',
    pin: '123',
    code: 98_765,
    isAdmin: true,
    accounts: [{ key: 'AKIA1' }],
  };
  const secrets = new InputSecrets(login, input);
  const of = (message: unknown, fields?: unknown) => line(message, fields, secrets);

  it.each([
    ['as they came', 'with [ pass"w/rd ]', 'with [[secret]]'],
    ['as the handler sees them', 'with <pass"w/rd>', 'with <[secret]>'],
    ['in JSON', String.raw`{"p":"pass\"w/rd"}`, '{"p":"[secret]"}'],
    ['in an address', '?p=pass%22w%2Frd&q', '?p=[secret]&q'],
    ['that are numbers', 'code 98765!', 'code [secret]!'],
    ['inside objects', 'key=AKIA1', 'key=[secret]'],
    ['of a default', 'token of-the-default', 'token [secret]'],
    ['again and again', 'AKIA1AKIA1', '[secret][secret]'],
  ])('are replaced %s', (_how, message, expected) => {
    expect(of(message).message).toBe(expected);
  });

  it('are replaced in fields, wherever they are, and in their names', () => {
    const fields = { input, nested: [{ AKIA1: 'x AKIA1' }], error: new Error('AKIA1') };
    const text = JSON.stringify(of('login', fields));
    for (const each of ['w/rd', '123', '98765', 'true', 'AKIA1']) expect(text).not.toContain(each);
    expect(text).toContain('ann');
  });

  it('of fewer than four characters are replaced only as a whole', () => {
    const fields = { pin: '123', rows: 123, total: 41_234, isDone: true, path: '/123/' };
    expect(of('1234 rows, true', fields)).toMatchObject({
      message: '1234 rows, true',
      fields: {
        pin: '[secret]',
        rows: '[secret]',
        total: 41_234,
        isDone: '[secret]',
        path: '/123/',
      },
    });
    expect(of('123').message).toBe('[secret]');
  });

  it('are replaced before the line is cut', () => {
    for (let before = 300; before < 720; before += 1) {
      const text = `${'x'.repeat(before)}AKIA1${'y'.repeat(500)}`;
      expect(of(text).message).not.toContain('AK');
      expect(JSON.stringify(of('short', { text }))).not.toContain('AK');
    }
  });

  it('may hold what patterns are made of', () => {
    const odd = new InputSecrets(login, { user: 'a', password: 'a.*(b)[c]\\' });
    expect(line(String.raw`a.*(b)[c]\ axx`, {}, odd).message).toBe('[secret] axx');
  });

  it('are the longest first, where one begins with another', () => {
    const both = new InputSecrets(login, { user: 'a', password: 'abcd', token: 'abcd-efgh' });
    expect(line('abcd-efgh', undefined, both).message).toBe('[secret]');
    expect(line('x abcd-efgh', undefined, both).message).toBe('x [secret]');
  });
});

/** Four members on each level. */
function wide(levels: number): object {
  const members = levels === 0 ? ['x'.repeat(50)] : [0, 1, 2, 3].map(() => wide(levels - 1));
  return { members };
}

function proxyOfNothing(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
