import * as fc from 'fast-check';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { sendEmail } from '../contract.ts';
import { attachment, message } from '../testing/messages.ts';
import { compose } from './compose.ts';

const { shape } = sendEmail.input;
const line = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
const subject = line.filter((text) => shape.subject.safeParse(text).success);
const name = line
  .map((text) => `${text} <ada@example.org>`)
  .filter((text) => shape.to.safeParse([text]).success);
const file = { contentType: 'text/plain', file: 'artifact:uploads/a' };
const fileName = line.filter(
  (text) => shape.attachments.safeParse([{ ...file, fileName: text }]).success,
);

/** The message as it goes over the wire, read by another program. */
async function wire(fields: Parameters<typeof message>[0]) {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const from = 'Taskfleet <taskfleet@example.org>';
  const { message: raw } = await transport.sendMail(compose(from, message(fields)));
  return PostalMime.parse(raw as Buffer);
}

const HEADERS = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
];

test('nothing that the schema lets through becomes a header or an address of its own', async () => {
  await fc.assert(
    fc.asyncProperty(subject, name, name, fileName, async (subject, to, replyTo, fileName) => {
      const attachments = [attachment(fileName, [Buffer.from('abc')])];
      const email = await wire({ subject, to: [to], replyTo, attachments });
      expect(email.headers.map(({ key }) => key).toSorted()).toEqual(HEADERS);
      expect(email.to?.map(({ address }) => address)).toEqual(['ada@example.org']);
      expect(email.replyTo?.map(({ address }) => address)).toEqual(['ada@example.org']);
      expect(email.attachments).toHaveLength(1);
    }),
  );
});

test.each(['Zażółć gęślą jaźń 🎉', `${'long '.repeat(49)}end`, 'Bcc: eve@example.org'])(
  'the subject %j arrives as it is',
  async (subject) => {
    expect((await wire({ subject })).subject).toBe(subject);
  },
);

test('a name with everything in it arrives as it is', async () => {
  const { to } = await wire({ to: ['"Lovelace, Ada" (Countess); \\o/ <ada@example.org>'] });
  expect(to).toEqual([{ name: '"Lovelace, Ada" (Countess); \\o/', address: 'ada@example.org' }]);
});

test('no text is read as a path or an address to fetch from', async () => {
  const { text } = await wire({ text: 'file:///etc/passwd' });
  expect(text?.trim()).toBe('file:///etc/passwd');
});
