import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { z } from 'zod';
import { addressParts, emailWorker, sendEmail } from './contract.ts';

const { input } = sendEmail;
const plain = { to: ['ada@example.org'], subject: 'Your export', text: 'It is ready.' };
const attachment = {
  fileName: 'export.zip',
  contentType: 'application/zip',
  file: 'artifact:uploads/export.zip',
};

/** What an input with these fields is refused for, by field. */
function problemsOf(fields: object): string[] {
  const { error } = input.safeParse({ ...plain, ...fields });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('email.send takes', () => {
  it.each([
    [{}],
    [{ to: ['Ada Lovelace <ada@example.org>', '"Hopper, Grace" <grace@example.org>'] }],
    [{ to: Array.from({ length: 50 }, (_, i) => `user${i}@example.org`) }],
    [{ subject: 'Zażółć gęślą jaźń 🎉' }],
    [{ text: 'one\r\n\ttwo\n' }],
    [{ html: '<p>It is ready.</p>' }],
    [{ replyTo: 'Help <help@example.org>' }],
    [{ attachments: [attachment] }],
    [{ attachments: [{ ...attachment, fileName: 'Übersicht 2026 (neu).pdf' }] }],
    [{ separately: true }],
  ])('%j', (fields) => {
    expect(problemsOf(fields)).toEqual([]);
  });
});

const CONTROL = 'expected one line without line breaks and other control characters';
const ADDRESS = 'expected an address such as ada@example.org or Ada Lovelace <ada@example.org>';
const NAME = 'expected a file name, not a path';

describe('email.send refuses', () => {
  it.each([
    [{ to: [] }, 'to: Too small: expected array to have >=1 items'],
    [{ to: ['a', 'b'].map(() => 'ada@example.org') }, 'to: expected each address once'],
    [{ to: ['ada@example.org', 'Ada <ADA@example.org>'] }, 'to: expected each address once'],
    [
      { to: Array.from({ length: 51 }, (_, i) => `user${i}@example.org`) },
      'to: Too big: expected array to have <=50 items',
    ],
    [{ to: ['ada'] }, `to.0: ${ADDRESS}`],
    [{ to: ['ada@example.org, eve@example.org'] }, `to.0: ${ADDRESS}`],
    [{ to: ['Ada <ada@example.org> <eve@example.org>'] }, `to.0: ${ADDRESS}`],
    [{ to: ['Ada <ada@example.org'] }, `to.0: ${ADDRESS}`],
    [{ to: ['ada@example.org\r\nBcc: eve@example.org'] }, `to.0: ${CONTROL}`],
    [{ to: ['Ada\nBcc: eve@example.org <ada@example.org>'] }, `to.0: ${CONTROL}`],
    [{ to: 'ada@example.org' }, 'to: Invalid input: expected array, received string'],
    [{ subject: '' }, 'subject: Too small: expected string to have >=1 characters'],
    [{ subject: 'Hello\r\nBcc: eve@example.org' }, `subject: ${CONTROL}`],
    [{ subject: 'Hello\u0000' }, `subject: ${CONTROL}`],
    [{ subject: 'Hello\u2028Bcc: eve' }, `subject: ${CONTROL}`],
    [{ subject: 'Hello \ud83c' }, `subject: ${CONTROL}`],
    [{ subject: 'x'.repeat(251) }, 'subject: Too big: expected string to have <=250 characters'],
    [{ text: undefined }, 'text: Invalid input: expected string, received undefined'],
    [{ text: '' }, 'text: Too small: expected string to have >=1 characters'],
    [{ text: 'a\u0000b' }, 'text: expected no control characters but tabs and line breaks'],
    [{ text: 'x'.repeat(200_001) }, 'text: Too big: expected string to have <=200000 characters'],
    [{ html: '\u001b' }, 'html: expected no control characters but tabs and line breaks'],
    [
      { html: 'x'.repeat(1_000_001) },
      'html: Too big: expected string to have <=1000000 characters',
    ],
    [{ replyTo: 'help@example.org\nBcc: eve@example.org' }, `replyTo: ${CONTROL}`],
    [{ replyTo: 'help' }, `replyTo: ${ADDRESS}`],
    [{ bcc: ['eve@example.org'] }, ': Unrecognized key: "bcc"'],
    [{ separately: 'yes' }, 'separately: Invalid input: expected boolean, received string'],
    [{ attachments: [] }, 'attachments: Too small: expected array to have >=1 items'],
  ])('%j', (fields, problem) => {
    expect(problemsOf(fields)).toContain(problem);
  });

  it.each([
    [{ fileName: 'a\r\nContent-Type: text/html' }, `fileName: ${CONTROL}`],
    [{ fileName: '../../etc/passwd' }, `fileName: ${NAME}`],
    [{ fileName: String.raw`C:\boot.ini` }, `fileName: ${NAME}`],
    [{ fileName: '..' }, `fileName: ${NAME}`],
    [{ fileName: 'invoice\u202efdp.exe' }, `fileName: ${NAME}`],
    [{ fileName: 'x'.repeat(151) }, 'fileName: Too big: expected string to have <=150 characters'],
    [
      { contentType: 'text/plain\r\nX: y' },
      'contentType: expected a media type such as application/pdf',
    ],
    [{ contentType: 'pdf' }, 'contentType: expected a media type such as application/pdf'],
    [
      { file: '/etc/passwd' },
      'file: expected a reference such as artifact:uploads/photo.jpg (taskfleet put <file> prints one)',
    ],
    [
      { file: 'artifact:export/p1/export.zip' },
      'file: expected a file below artifact:uploads/, where this worker may read',
    ],
  ])('an attachment with %j', (fields, problem) => {
    const attachments = [{ ...attachment, ...fields }];
    expect(problemsOf({ attachments })).toContain(`attachments.0.${problem}`);
  });
});

const dangerous = fc
  .tuple(
    fc.string(),
    fc.constantFrom('\r', '\n', '\r\n', '\0', '\u0085', '\u001b', '\u2029'),
    fc.string(),
  )
  .map((parts) => parts.join(''));

test('no header of an e-mail can hold what would begin another', () => {
  fc.assert(
    fc.property(dangerous, (text) => {
      const each = [
        { subject: text },
        { to: [`${text}@example.org`] },
        { to: [`${text} <ada@example.org>`] },
        { replyTo: `${text} <ada@example.org>` },
        { attachments: [{ ...attachment, fileName: text }] },
        { attachments: [{ ...attachment, contentType: `text/${text}` }] },
      ];
      for (const fields of each) expect(problemsOf(fields)).not.toEqual([]);
    }),
  );
});

test.each([
  ['ada@example.org', { name: '', address: 'ada@example.org' }],
  ['Ada <ada@example.org>', { name: 'Ada', address: 'ada@example.org' }],
  ['"Lovelace, Ada" <ada@example.org>', { name: 'Lovelace, Ada', address: 'ada@example.org' }],
])('reads %s', (text, parts) => {
  expect(addressParts(text)).toEqual(parts);
});

describe('the settings', () => {
  const { server, from } = emailWorker.settings;
  const problems = (schema: z.ZodType, value: unknown) =>
    schema.safeParse(value).error?.issues.map(({ message }) => message);

  it.each([
    'smtp://127.0.0.1:2525',
    'smtps://user:password@mail.example.com',
    'smtp://user%40example.com:50%25@mail.example.com:587',
    undefined,
  ])('take the mail server %s', (value) => {
    expect(problems(server.schema, value)).toBeUndefined();
  });

  const URL_FORM = 'expected an address such as smtps://user:password@mail.example.com';

  it.each([
    ['mail.example.com', URL_FORM],
    ['https://user:password@mail.example.com', URL_FORM],
    ['smtps://', URL_FORM],
    [
      'smtps://user:50%@mail.example.com',
      'expected "%" in user and password to be written as "%25"',
    ],
  ])('refuse the mail server %s', (value, problem) => {
    expect(problems(server.schema, value)).toContain(problem);
  });

  it('take a sender with a name, and refuse one of two lines', () => {
    expect(problems(from.schema, 'Acme <hello@example.com>')).toBeUndefined();
    expect(problems(from.schema, 'Acme\n<hello@example.com>')).toContain(CONTROL);
  });

  it('show no mail server, as its address may hold a password', () => {
    expect(server.secret).toBe(true);
  });
});
