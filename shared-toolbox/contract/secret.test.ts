import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { holdsSecret, redact, REDACTED, secret } from './index.ts';

const password = secret(z.string());
const hidden = { password: REDACTED, user: 'u' };
const shown = { password: 'p4ss', user: 'u' };
const account = z.object({ password, user: z.string() });

interface Tree {
  key: string;
  children: Tree[];
}

describe('redact', () => {
  it.each<[string, z.ZodType]>([
    ['an object', account],
    ['a strict object', z.strictObject(account.shape)],
    ['a loose object', z.looseObject({ password })],
    ['a catchall', z.object({ user: z.string() }).catchall(password)],
    ['an optional', account.optional()],
    ['a nullable', account.nullable()],
    ['a default', account.default({ password: '', user: '' })],
    ['a catch', account.catch({ password: '', user: '' })],
    ['a readonly', account.readonly()],
    ['a refinement', account.refine(() => true)],
    ['a transform', account.transform(({ user }) => user)],
    ['a preprocess', z.preprocess((value) => value, account)],
    ['the end of a pipe', z.looseObject({}).pipe(account)],
    ['a codec', z.codec(z.looseObject({}), account, { decode: () => shown, encode: () => shown })],
    ['a union', z.union([z.string(), account])],
    ['an intersection', z.intersection(z.object({ user: z.string() }), z.object({ password }))],
    ['a lazy schema', z.lazy(() => account)],
    ['an extended object', z.object({ user: z.string() }).extend({ password })],
    ['an optional field', z.object({ password: password.optional(), user: z.string() })],
    [
      'a discriminated union',
      z.discriminatedUnion('user', [account.extend({ user: z.literal('u') })]),
    ],
  ])('follows %s', (_kind, schema) => {
    expect(redact(schema, shown)).toEqual(hidden);
  });

  it.each<[string, z.ZodType, unknown, unknown]>([
    ['arrays', z.array(password), ['a', 'b'], [REDACTED, REDACTED]],
    ['tuples', z.tuple([z.string(), password]), ['a', 'b'], ['a', REDACTED]],
    [
      'the rest of tuples',
      z.tuple([z.string()], password),
      ['a', 'b', 'c'],
      ['a', REDACTED, REDACTED],
    ],
    ['records', z.record(z.string(), password), { a: 'x' }, { a: REDACTED }],
    [
      'nesting',
      z.array(z.object({ in: z.tuple([account]) })),
      [{ in: [shown] }],
      [{ in: [hidden] }],
    ],
  ])('follows %s', (_kind, schema, value, expected) => {
    expect(redact(schema, value)).toEqual(expected);
  });

  it.each<[string, z.ZodType]>([
    ['min', secret(z.string()).min(3)],
    ['describe', secret(z.string()).describe('a password')],
    ['refine', secret(z.string()).refine(() => true)],
    ['trim', secret(z.string()).trim()],
    ['optional', secret(z.string()).optional()],
    ['transform', secret(z.string()).transform(Number)],
    ['brand', secret(z.string()).brand('Password')],
    ['min before', secret(z.string().min(3))],
  ])('keeps the mark of a schema that was derived with %s', (_kind, schema) => {
    expect(redact(schema, 'p4ss')).toBe(REDACTED);
  });

  it('hides a secret object as a whole', () => {
    expect(redact(z.object({ all: secret(account) }), { all: shown })).toEqual({ all: REDACTED });
  });

  it('does not mark the schema that it was made from', () => {
    const plain = z.string();
    secret(plain);
    expect(redact(plain, 'visible')).toBe('visible');
  });

  it('ends on recursive schemas', () => {
    const getter = z.object({
      key: password,
      get children() {
        return z.array(getter);
      },
    });
    const lazy: z.ZodType<Tree> = z.object({
      key: password,
      children: z.array(z.lazy(() => lazy)),
    });
    const tree = { key: 'a', children: [{ key: 'b', children: [] }] };
    const expected = { key: REDACTED, children: [{ key: REDACTED, children: [] }] };
    expect(redact(getter, tree)).toEqual(expected);
    expect(redact(lazy, tree)).toEqual(expected);
    expect(redact(z.json(), tree)).toEqual(tree);
  });

  it('is quick on a deep value of a recursive union', () => {
    const leaf = z.object({ kind: z.literal('leaf'), key: password });
    const one = z.object({
      kind: z.literal('one'),
      get inner() {
        return node;
      },
    });
    const other = z.object({
      kind: z.literal('other'),
      get inner() {
        return node;
      },
    });
    const node: z.ZodType = z.union([leaf, one, other]);
    let value: unknown = { kind: 'leaf', key: 'p4ss' };
    for (let depth = 0; depth < 90; depth += 1) value = { kind: 'one', inner: value };
    expect(JSON.stringify(redact(node, value))).toContain('"key":"[secret]"');
  });

  it('ends on a union that holds itself', () => {
    const self: z.ZodType = z.lazy(() => z.union([z.string(), password, self]));
    expect(redact(self, 'p4ss')).toBe(REDACTED);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'lets a key named %s pass like any other',
    (key) => {
      const value = JSON.parse(`{ "${key}": 1, "password": "p4ss", "user": "u" }`) as object;
      const redacted = redact(account, value) as object;
      expect(Object.keys(redacted).toSorted()).toEqual(Object.keys(value).toSorted());
      expect(redacted).toMatchObject({ password: REDACTED });
    },
  );

  it('changes nothing where nothing is secret, and never throws', () => {
    const schema = z.object({ a: z.array(z.union([z.string(), z.record(z.string(), z.json())])) });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(redact(schema, value)).toEqual(value);
        expect(redact(z.json(), value)).toEqual(value);
      }),
    );
  });

  it('lets no secret through, whatever the value looks like', () => {
    const leaf = fc.constant('p4ss');
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value')),
      ),
    })).value;
    const schema = z.lazy((): z.ZodType =>
      z.union([password, z.array(schema), z.record(z.string(), schema)]),
    );
    fc.assert(
      fc.property(value, (some) => {
        expect(JSON.stringify(redact(schema, some))).not.toContain('p4ss');
      }),
    );
  });
});

describe('holdsSecret', () => {
  const list: z.ZodType = z.object({ value: z.string(), next: z.lazy(() => list).optional() });

  it.each<[string, z.ZodType]>([
    ['in a list in an object', z.object({ accounts: z.array(account) })],
    ['in a record', z.record(z.string(), password)],
    ['in a member of a union', z.union([z.string(), z.tuple([z.null(), account])])],
    ['behind a transform', z.object({ user: account.transform(({ user }) => user) })],
    ['by a derived schema', z.object({ pin: secret(z.string()).min(3) })],
  ])('finds one %s', (_where, schema) => {
    expect(holdsSecret(schema)).toBe(true);
  });

  it('finds none where there is none, also in a schema that holds itself', () => {
    expect(holdsSecret(list)).toBe(false);
    expect(holdsSecret(z.object({ a: z.array(z.string()).optional() }))).toBe(false);
  });
});

describe('secrets of another copy of the toolbox', () => {
  it('are secrets here', async () => {
    vi.resetModules();
    const other = await import('./index.ts');
    expect(other.secret).not.toBe(secret);
    const schema = z.object({ pin: other.secret(z.string()) });
    expect(redact(schema, { pin: '1234' })).toEqual({ pin: REDACTED });
    expect(holdsSecret(schema)).toBe(true);
  });
});
