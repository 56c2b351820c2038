import { buffer } from 'node:stream/consumers';
import type { ArtifactRef, InputOf } from '@taskfleet/toolbox/contract';
import { type AttemptEnd, type AttemptOptions, runAttempt } from '@taskfleet/toolbox/testing';
import { describe, expect, it } from 'vitest';
import * as contract from '../contract.ts';
import { MailServerError } from '../errors.ts';
import { emailWith } from '../implementation.ts';
import type { Message } from '../mail/mail.ts';
import { type StandInMail, standInMail } from '../testing/standInMail.ts';

type Email = InputOf<typeof contract.sendEmail>;
type End = AttemptEnd<typeof contract.sendEmail>;

const email: Email = { to: ['Ada <ada@example.org>'], subject: 'Hello', text: 'It is ready.' };
const three: Email = {
  ...email,
  to: ['Ada <ada@example.org>', 'bob@example.org', 'eve@example.org'],
};
const ID = 'email_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b';

function attempt(mail: StandInMail, input: Email = email, options: AttemptOptions = {}) {
  return runAttempt(contract.sendEmail, emailWith(mail), input, { id: ID, ...options });
}

/** The next attempt after one, with the files that this has left. */
function next(mail: StandInMail, end: End, input: Email = email) {
  const files = [...end.stored].map(([ref, { body }]) => [ref, body] as const);
  return attempt(mail, input, { attempt: 2, files: Object.fromEntries(files) });
}

/** Messages without their pauses. */
function sent({ seen }: StandInMail): Message[] {
  return seen.filter((one) => one !== 'pause');
}

const later = (address: string) => ({ address, reason: '450 later' });
const never = (address: string) => ({ address, reason: '550 unknown' });

describe('an e-mail', () => {
  it('goes to all in one message', async () => {
    const mail = standInMail();
    const { output } = await attempt(mail, three);
    const [message] = sent(mail);
    expect(message).toMatchObject({ to: three.to, text: 'It is ready.', attachments: [] });
    const to = ['ada@example.org', 'bob@example.org', 'eve@example.org'];
    expect(output).toEqual({ sent: [{ to, messageId: message?.messageId }], refused: [] });
  });

  it('goes to each in a message of its own, with a pause in between', async () => {
    const mail = standInMail();
    const { output, progress } = await attempt(mail, { ...three, separately: true });
    expect(mail.seen.map((one) => (one === 'pause' ? one : one.to))).toEqual([
      ['Ada <ada@example.org>'],
      'pause',
      ['bob@example.org'],
      'pause',
      ['eve@example.org'],
    ]);
    expect(output.sent.map(({ to }) => to)).toEqual([
      ['ada@example.org'],
      ['bob@example.org'],
      ['eve@example.org'],
    ]);
    expect(new Set(output.sent.map(({ messageId }) => messageId)).size).toBe(3);
    expect(progress.at(-1)).toEqual({ fraction: 1 });
  });

  it('has the same Message-ID in every attempt, and another in another task', async () => {
    const mails = [standInMail(), standInMail(), standInMail()] as const;
    await attempt(mails[0]);
    await attempt(mails[1], email, { attempt: 2 });
    await attempt(mails[2], email, { id: ID.replace('6b', '6c') as typeof ID });
    const [first, second, other] = mails.map((mail) => sent(mail)[0]?.messageId);
    expect(first).toMatch(/^<[0-9a-f]{32}@example\.org>$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('another attempt', () => {
  it('of an e-mail that was sent sends nothing, and says the same', async () => {
    const first = await attempt(standInMail(() => ({ messageId: '<its-own@mail>' })));
    const mail = standInMail();
    const second = await next(mail, first);
    expect(mail.seen).toEqual([]);
    expect(second.output).toEqual(first.output);
    expect(second.output.sent).toMatchObject([{ messageId: '<its-own@mail>' }]);
  });

  it('goes to those only who were put off, under the same Message-ID', async () => {
    const before = standInMail(() => ({ deferred: [later('bob@example.org')] }));
    const first = await attempt(before, three);
    expect(first.outcome).toMatchObject({
      kind: 'retrying',
      error: {
        name: 'MailServerError',
        message: 'the mail server put off bob@example.org (450 later); sent to the other 2',
      },
    });
    const mail = standInMail();
    const second = await next(mail, first, three);
    expect(sent(mail)).toMatchObject([
      {
        to: three.to,
        recipients: ['bob@example.org'],
        messageId: sent(before)[0]?.messageId,
      },
    ]);
    expect(second.output.sent.map(({ to }) => to)).toEqual([
      ['ada@example.org', 'eve@example.org', 'bob@example.org'],
    ]);
  });

  it('of separate messages goes on where the mail server went away', async () => {
    const separate = { ...three, separately: true };
    const before = standInMail(({ to }) => {
      if (to[0] === 'eve@example.org') throw new MailServerError('the mail server took nothing');
      return {};
    });
    const first = await attempt(before, separate);
    expect(first.outcome).toMatchObject({ kind: 'retrying' });
    const mail = standInMail();
    const second = await next(mail, first, separate);
    expect(mail.seen).toMatchObject([{ to: ['eve@example.org'] }]);
    expect(second.output.sent).toHaveLength(3);
  });

  it('of separate messages leaves nobody out because somebody was put off', async () => {
    const separate = { ...three, separately: true };
    const before = standInMail(({ recipients: [address = ''] }) =>
      address === 'ada@example.org' ? { deferred: [later(address)] } : {},
    );
    const first = await attempt(before, separate);
    expect(sent(before)).toHaveLength(3);
    const mail = standInMail();
    await next(mail, first, separate);
    expect(mail.seen).toMatchObject([{ to: ['Ada <ada@example.org>'] }]);
  });
});

describe('refused for good', () => {
  it('by everybody, it fails at once, and says so in one line', async () => {
    const mail = standInMail(({ recipients }) => ({ refused: recipients.map(never) }));
    const to = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.org`);
    const { outcome } = await attempt(mail, { ...email, to });
    expect(outcome).toMatchObject({
      kind: 'failed',
      error: {
        message:
          'the mail server refused a@example.org (550 unknown), b@example.org (550 unknown), ' +
          'c@example.org (550 unknown), 2 more',
      },
    });
  });

  it('by some, it succeeds, and names them', async () => {
    const mail = standInMail(() => ({ refused: [never('bob@example.org')] }));
    const { output } = await attempt(mail, three);
    expect(output.sent).toMatchObject([{ to: ['ada@example.org', 'eve@example.org'] }]);
    expect(output.refused).toEqual([never('bob@example.org')]);
  });

  it('somebody is not asked for again while others are put off', async () => {
    const refuse = standInMail(() => ({
      refused: [never('bob@example.org')],
      deferred: [later('eve@example.org')],
    }));
    const first = await attempt(refuse, three);
    const mail = standInMail();
    const second = await next(mail, first, three);
    expect(sent(mail)).toMatchObject([{ recipients: ['eve@example.org'] }]);
    expect(second.output.refused).toEqual([never('bob@example.org')]);
  });
});

describe('attachments', () => {
  const file: ArtifactRef = 'artifact:uploads/a.pdf';
  const attachment = { fileName: 'Offer.pdf', contentType: 'application/pdf', file };
  const withFile = { ...email, attachments: [attachment] };

  it('are read from the bucket for each message', async () => {
    const mail = standInMail();
    const files = { [file]: Buffer.from('%PDF') };
    await attempt(mail, { ...three, ...withFile, to: three.to, separately: true }, { files });
    const contents = sent(mail).flatMap(({ attachments }) => attachments);
    expect(contents).toHaveLength(3);
    for (const { fileName, open } of contents) {
      expect(fileName).toBe('Offer.pdf');
      expect((await buffer(open())).toString()).toBe('%PDF');
    }
  });

  it('that are not there fail the e-mail before anything is sent', async () => {
    const mail = standInMail();
    const { outcome } = await attempt(mail, withFile);
    expect(outcome).toMatchObject({ kind: 'failed', error: { name: 'ArtifactNotFoundError' } });
    expect(mail.seen).toEqual([]);
  });

  it('that are too large together fail it too', async () => {
    const mail = standInMail();
    const stored = { ref: file, sizeBytes: 13_000_000, modifiedAt: 0, version: '' };
    const artifacts = { find: async () => stored };
    const attachments = [attachment, { ...attachment, fileName: 'Again.pdf' }];
    const { outcome } = await attempt(mail, { ...email, attachments }, { artifacts });
    expect(outcome).toMatchObject({
      kind: 'failed',
      error: { message: 'what is attached has 26000000 bytes, at most 25000000 fit' },
    });
    expect(mail.seen).toEqual([]);
  });
});
