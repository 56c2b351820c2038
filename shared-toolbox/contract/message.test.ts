import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESSAGE_VERSION, parseMessage, serializeMessage, type TaskMessage } from './index.ts';

const id = `export_${'0a'.repeat(16)}` as const;
const message: TaskMessage = {
  v: MESSAGE_VERSION,
  id,
  task: 'export.project',
  input: { project: 'p' },
  group: 'g',
  creator: 'user',
  subject: 'project/1',
  parent: id,
  root: id,
  createdAt: 1_700_000_000_000,
};

function problemOf(changes: Record<string, unknown>): string {
  const parsed = parseMessage(JSON.stringify({ ...message, ...changes }));
  return parsed.ok ? 'fits' : parsed.error.message;
}

describe('the message format', () => {
  it('carries any JSON input', () => {
    // zod leaves out keys named __proto__: such an input is a trick, not data.
    const input = fc
      .jsonValue({ noUnicodeString: false })
      .filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(input, (value) => {
        const wire = JSON.parse(JSON.stringify(value)) as TaskMessage['input'];
        const parsed = parseMessage(serializeMessage({ ...message, input: wire }));
        expect(parsed).toEqual({ ok: true, value: { ...message, input: wire } });
      }),
    );
  });

  it('carries any text in characters that SQS takes', () => {
    const refused = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
    const odd = fc.constantFrom('\u0000', '\uD800', '\uFFFE', '\uFFFF', '\u{1FFFF}', '😀', '\\');
    const text = fc.string({ unit: fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 1 })) });
    fc.assert(
      fc.property(text, (input) => {
        const body = serializeMessage({ ...message, input });
        expect(body).not.toMatch(refused);
        expect(parseMessage(body)).toEqual({ ok: true, value: { ...message, input } });
      }),
    );
  });

  it('carries the longest task name that can be declared', () => {
    expect(problemOf({ task: `${'w'.repeat(31)}.${'a'.repeat(63)}` })).toBe('fits');
  });

  it.each([0, 2, '1', null, undefined])('refuses the version %j', (v) => {
    expect(problemOf({ v })).toMatch(/^message v: /);
  });

  it.each(['id', 'task', 'input', 'root', 'createdAt'])('names %s when it is missing', (field) => {
    expect(problemOf({ [field]: undefined })).toMatch(new RegExp(`^message ${field}: `));
  });

  it.each([
    ['id', 'export'],
    ['id', 1],
    ['task', 1],
    ['task', 'x'],
    ['group', 1],
    ['creator', null],
    ['subject', {}],
    ['parent', 'nobody'],
    ['root', ''],
    ['createdAt', -1],
    ['createdAt', 1.5],
    ['createdAt', '2026'],
  ])('names %s when it is %j', (field, value) => {
    expect(problemOf({ [field]: value })).toMatch(new RegExp(`^message ${field}: `));
  });

  it.each(['', 'null', '[]', '"text"', '1', '{', 'not JSON', '\u0000'])(
    'refuses the body %j as a whole',
    (body) => {
      const parsed = parseMessage(body);
      expect(parsed.ok).toBe(false);
      expect(!parsed.ok && parsed.error.field).not.toBe('');
    },
  );

  it('never throws, whatever became of a body', () => {
    const whole = serializeMessage(message);
    const mutated = fc
      .record({ at: fc.nat(whole.length), cut: fc.nat(40), text: fc.string({ maxLength: 20 }) })
      .map(({ at, cut, text }) => whole.slice(0, at) + text + whole.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string(), fc.json()), (body) => {
        const parsed = parseMessage(body);
        expect(parsed.ok || parsed.error.message.startsWith('message ')).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses an input that is nested too deeply to be looked at', () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    const body = serializeMessage({ ...message, input: 'DEEP' }).replace('"DEEP"', deep);
    const parsed = parseMessage(body);
    expect(parsed.ok || parsed.error.message).toContain('nested');
  });
});
