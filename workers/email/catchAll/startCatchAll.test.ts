import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { startCatchAll } from './startCatchAll.ts';

const message: SendMailOptions = {
  from: 'host@example.org',
  to: 'Ada <ada@example.org>',
  bcc: 'eve@example.org',
  subject: 'Zażółć',
  text: 'It is ready.',
};

function send(url: string, more: SendMailOptions = {}) {
  return createTransport(url).sendMail({ ...message, ...more });
}

describe('the catch-all mail server', () => {
  it('opens what it has caught', async () => {
    await using caught = await startCatchAll({ clock: { now: () => 1_700_000_000_000 } });
    const { messageId } = await send(caught.url, {
      html: '<p>It is ready.</p>',
      attachments: [{ filename: 'a.txt', content: 'abc' }],
    });
    expect(caught.messages()).toEqual([
      {
        id: '20231114221320000-000001',
        from: 'host@example.org',
        to: ['ada@example.org', 'eve@example.org'],
        subject: 'Zażółć',
        text: 'It is ready.',
        html: '<p>It is ready.</p>',
        messageId,
        at: 1_700_000_000_000,
        attachments: [{ fileName: 'a.txt', sizeBytes: 3 }],
      },
    ]);
  });

  it('is on the loopback only', async () => {
    await using caught = await startCatchAll();
    expect(caught.url).toMatch(/^smtp:\/\/127\.0\.0\.1:\d+$/);
  });

  it('keeps messages as files, and has those of before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'catch-all-'));
    const first = await startCatchAll({ folder });
    await send(first.url);
    const [before] = first.messages();
    await first.stop();
    await using second = await startCatchAll({ folder });
    expect(second.messages()).toEqual([before]);
    const [file = ''] = await readdir(folder);
    expect(file).toBe(`${before?.id}.eml`);
    expect(await readFile(join(folder, file), 'utf8')).toContain('\r\n\r\nIt is ready.');
  });

  it('keeps the last messages, and their files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'catch-all-'));
    await using caught = await startCatchAll({ folder, maxMessages: 2 });
    for (const subject of ['one', 'two', 'three']) await send(caught.url, { subject });
    expect(caught.messages().map(({ subject }) => subject)).toEqual(['two', 'three']);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('takes any login', async () => {
    await using caught = await startCatchAll();
    await send(caught.url.replace('://', '://user:password@'));
    expect(caught.messages()).toHaveLength(1);
  });

  it('refuses connections when it has stopped', async () => {
    const caught = await startCatchAll();
    await caught.stop();
    await expect(send(caught.url)).rejects.toMatchObject({ originalCode: 'ECONNREFUSED' });
  });

  it('keeps nothing of a message whose sender goes away in the middle', async () => {
    await using caught = await startCatchAll();
    const { struck } = caught.break({ at: 'recipient', answer: 'silence' });
    const leaving = new AbortController();
    const sending = send(caught.url, { signal: leaving.signal });
    await struck;
    leaving.abort();
    await expect(sending).rejects.toMatchObject({ code: 'EABORT' });
    expect(caught.messages()).toEqual([]);
  });
});

describe('a fault', () => {
  it.each([
    [{ at: 'greeting', answer: 554 }, { responseCode: 554 }],
    [
      { at: 'sender', answer: 451 },
      { responseCode: 451, command: 'MAIL FROM' },
    ],
    [
      { at: 'recipient', answer: 550 },
      { responseCode: 550, command: 'RCPT TO' },
    ],
    [
      { at: 'message', answer: 552 },
      { responseCode: 552, command: 'DATA' },
    ],
    [{ at: 'message', answer: 'hangUp' }, { code: 'ECONNECTION' }],
  ] as const)('%j strikes until it is undone', async (fault, failure) => {
    await using caught = await startCatchAll();
    const standing = caught.break(fault);
    await expect(send(caught.url)).rejects.toMatchObject(failure);
    expect(caught.messages()).toEqual([]);
    standing.undo();
    await send(caught.url);
    expect(caught.messages()).toHaveLength(1);
  });

  it('of one recipient leaves the others alone', async () => {
    await using caught = await startCatchAll();
    caught.break({ at: 'recipient', answer: 550, address: 'eve@example.org' });
    await send(caught.url);
    expect(caught.messages()).toMatchObject([{ to: ['ada@example.org'] }]);
  });

  it('strikes no more often than it is asked to', async () => {
    await using caught = await startCatchAll();
    caught.break({ at: 'sender', answer: 451, times: 1 });
    await expect(send(caught.url)).rejects.toMatchObject({ responseCode: 451 });
    await send(caught.url);
    expect(caught.messages()).toHaveLength(1);
  });

  it('that loses the confirmation has the message kept', async () => {
    await using caught = await startCatchAll();
    caught.break({ at: 'confirmation', answer: 'hangUp' });
    await expect(send(caught.url)).rejects.toMatchObject({ code: 'ECONNECTION' });
    expect(caught.messages()).toHaveLength(1);
  });

  it('of silence is over when it is undone', async () => {
    await using caught = await startCatchAll();
    const { struck, undo } = caught.break({ at: 'greeting', answer: 'silence' });
    const sending = send(caught.url);
    await struck;
    undo();
    await sending;
    expect(caught.messages()).toHaveLength(1);
  });
});
