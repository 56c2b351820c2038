import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type CatchAll, type Fault, startCatchAll } from '../catchAll/index.ts';
import { mailTo } from '../testing/mailTo.ts';
import { attachment, message } from '../testing/messages.ts';

const never = new AbortController().signal;

const both = {
  to: ['Ada <ada@example.org>', 'eve@example.org'],
  recipients: ['ada@example.org', 'eve@example.org'],
};

describe('a message by SMTP', () => {
  it('arrives as it was asked for', async () => {
    await using caught = await startCatchAll();
    const verdict = await mailTo(caught).send(
      message({
        ...both,
        subject: 'Zażółć',
        html: '<p>It is ready.</p>',
        replyTo: 'Help <help@example.org>',
        attachments: [attachment('Übersicht.txt', [Buffer.from('ab'), Buffer.from('c')])],
      }),
      never,
    );
    expect(verdict).toEqual({
      messageId: '<m1@example.org>',
      accepted: both.recipients,
      refused: [],
      deferred: [],
    });
    expect(caught.messages()).toMatchObject([
      {
        from: 'taskfleet@example.org',
        to: both.recipients,
        messageId: '<m1@example.org>',
        subject: 'Zażółć',
        text: 'It is ready.',
        html: '<p>It is ready.</p>',
        attachments: [{ fileName: 'Übersicht.txt', sizeBytes: 3 }],
      },
    ]);
  });

  it('goes to those only who still have to have it', async () => {
    await using caught = await startCatchAll();
    await mailTo(caught).send(message({ ...both, recipients: ['eve@example.org'] }), never);
    expect(caught.messages()).toMatchObject([{ to: ['eve@example.org'] }]);
  });

  it('is not sent in half when a file breaks off', async () => {
    await using caught = await startCatchAll();
    const open = () =>
      Readable.from(
        (async function* broken() {
          yield Buffer.alloc(100_000);
          throw new Error('the bucket is gone');
        })(),
      );
    const attachments = [{ ...attachment('a.txt', []), open }];
    const sending = mailTo(caught).send(message({ attachments }), never);
    await expect(sending).rejects.toThrow('the mail server took nothing: the bucket is gone');
    expect(caught.messages()).toEqual([]);
  });

  it.each<Fault>([
    { at: 'sender', answer: 550 },
    { at: 'message', answer: 'hangUp' },
  ])('leaves no file open after %j', async (fault) => {
    await using caught = await startCatchAll();
    caught.break(fault);
    const { file, ...large } = largeFile();
    const sending = mailTo(caught).send(message({ attachments: [large] }), never);
    await Promise.allSettled([sending]);
    expect(file.destroyed).toBe(true);
  });

  it('leaves no file open when its attempt ends', async () => {
    await using caught = await startCatchAll();
    const { struck } = caught.break({ at: 'message', answer: 'silence' });
    const { file, ...large } = largeFile();
    const ending = new AbortController();
    const sending = mailTo(caught).send(message({ attachments: [large] }), ending.signal);
    await struck;
    ending.abort();
    await Promise.allSettled([sending]);
    expect(file.destroyed).toBe(true);
  });
});

/** More than is under way between two sockets. */
function largeFile() {
  const parts = Array.from({ length: 200 }, () => Buffer.alloc(100_000));
  const file = Readable.from(parts);
  return { ...attachment('large.bin', []), open: () => file, file };
}

describe('a server that refuses for good', () => {
  it.each<[Fault, string]>([
    [{ at: 'sender', answer: 550, text: 'sender unknown' }, '550 sender unknown'],
    [{ at: 'recipient', answer: 550, text: 'no such user' }, '550 no such user'],
    [{ at: 'message', answer: 554, text: 'spam' }, '554 spam'],
  ])('by %j is not asked again', async (fault, reason) => {
    await using caught = await startCatchAll();
    caught.break(fault);
    expect(await mailTo(caught).send(message(), never)).toMatchObject({
      accepted: [],
      refused: [{ address: 'ada@example.org', reason }],
      deferred: [],
    });
  });

  it('an address in capitals, is understood to mean that one', async () => {
    await using caught = await startCatchAll();
    caught.break({ at: 'recipient', answer: 550, times: 1 });
    const recipients = ['Ada@EXAMPLE.Org', 'Eve@EXAMPLE.Org'];
    expect(await mailTo(caught).send(message({ to: recipients, recipients }), never)).toMatchObject(
      {
        accepted: ['Eve@EXAMPLE.Org'],
        refused: [{ address: 'Ada@EXAMPLE.Org', reason: '550 not today' }],
      },
    );
  });

  it('some, has taken the message for the others', async () => {
    await using caught = await startCatchAll();
    caught.break({ at: 'recipient', answer: 550, address: 'eve@example.org' });
    expect(await mailTo(caught).send(message(both), never)).toMatchObject({
      accepted: ['ada@example.org'],
      refused: [{ address: 'eve@example.org', reason: '550 not today' }],
    });
  });
});

describe('a server that refuses for now', () => {
  it('a recipient, is asked again for that one', async () => {
    await using caught = await startCatchAll();
    caught.break({ at: 'recipient', answer: 450, address: 'eve@example.org' });
    expect(await mailTo(caught).send(message(both), never)).toMatchObject({
      accepted: ['ada@example.org'],
      refused: [],
      deferred: [{ address: 'eve@example.org', reason: '450 not today' }],
    });
  });

  it('one recipient, and another for good, is asked again for the one', async () => {
    await using caught = await startCatchAll();
    caught.break({ at: 'recipient', answer: 450, address: 'eve@example.org' });
    caught.break({ at: 'recipient', answer: 550, address: 'ada@example.org' });
    expect(await mailTo(caught).send(message(both), never)).toMatchObject({
      accepted: [],
      refused: [{ address: 'ada@example.org' }],
      deferred: [{ address: 'eve@example.org' }],
    });
  });

  it.each<[Fault, string]>([
    [{ at: 'greeting', answer: 421 }, '421 not today'],
    [{ at: 'greeting', answer: 554 }, '554 not today'],
    [{ at: 'greeting', answer: 'hangUp' }, 'Connection closed unexpectedly'],
    [{ at: 'sender', answer: 451 }, '451 not today'],
    [{ at: 'sender', answer: 530 }, '530 not today'],
    [{ at: 'message', answer: 451 }, '451 not today'],
    [{ at: 'message', answer: 'hangUp' }, 'Connection closed unexpectedly'],
    [{ at: 'confirmation', answer: 'hangUp' }, 'Connection closed unexpectedly'],
  ])('by %j says nothing of the message', async (fault, reason) => {
    await using caught = await startCatchAll();
    caught.break(fault);
    const sending = mailTo(caught).send(message(), never);
    await expect(sending).rejects.toThrow('the mail server took nothing: ');
    await expect(sending).rejects.toThrow(reason);
    await expect(sending).rejects.toMatchObject({ code: 'mail_server' });
  });

  it('every connection, because nothing is there', async () => {
    const caught = await startCatchAll();
    await caught.stop();
    await expect(mailTo(caught).send(message(), never)).rejects.toThrow(
      /^the mail server took nothing: .*ECONNREFUSED/,
    );
  });

  it('by not answering, is given up', async () => {
    await using caught = await startCatchAll();
    caught.break({ at: 'greeting', answer: 'silence' });
    const sending = mailTo(caught, { greetingTimeout: 20 }).send(message(), never);
    await expect(sending).rejects.toThrow('the mail server took nothing: Greeting never received');
  });

  it('TLS that is asked for', async () => {
    await using caught = await startCatchAll();
    const sending = mailTo({ url: caught.url.replace('smtp:', 'smtps:') }).send(message(), never);
    await expect(sending).rejects.toMatchObject({ code: 'mail_server' });
  });
});

describe('a login', () => {
  const withPassword = ({ url }: CatchAll) => url.replace('://', '://fleet:hunter2-s3cret@');

  it('that is refused is tried again, and says nothing of the password', async () => {
    await using caught = await startCatchAll();
    caught.break({ at: 'login', answer: 535, text: 'who is fleet with hunter2-s3cret?' });
    const sending = mailTo({ url: withPassword(caught) }).send(message(), never);
    const error = await sending.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: 'the mail server refused the login (535)' });
    expect(Object.keys(error as object)).not.toContain('cause');
    expect((error as Error).stack).not.toContain('hunter2');
  });

  it('needs no TLS to this machine', async () => {
    await using caught = await startCatchAll();
    await mailTo({ url: withPassword(caught) }).send(message(), never);
    expect(caught.messages()).toHaveLength(1);
  });

  it('goes to another machine over TLS only', async () => {
    await using caught = await startCatchAll();
    // The loopback by a name that is not known for one.
    const url = withPassword(caught).replace('127.0.0.1', '[::ffff:127.0.0.1]');
    const login = caught.break({ at: 'login', answer: 535 });
    const sending = mailTo({ url }).send(message(), never);
    await expect(sending).rejects.toThrow(/^the mail server took nothing: .*STARTTLS/);
    login.undo();
  });
});

describe('an attempt that ends', () => {
  it.each<Fault>([
    { at: 'greeting', answer: 'silence' },
    { at: 'recipient', answer: 'silence' },
    { at: 'message', answer: 'silence' },
  ])('closes its connection when it waits at %j', async (fault) => {
    await using caught = await startCatchAll();
    const { struck } = caught.break(fault);
    const ending = new AbortController();
    const sending = mailTo(caught).send(message(), ending.signal);
    await struck;
    ending.abort(new Error('cancelled'));
    await expect(sending).rejects.toThrow('cancelled');
    expect(caught.messages()).toEqual([]);
  });
});
