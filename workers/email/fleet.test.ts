import { fleetForTests, type TestFleet } from '@taskfleet/testing';
import type { InputOf } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CatchAll, type Fault, startCatchAll } from './catchAll/index.ts';
import { sendEmail } from './contract.ts';
import { emailWith } from './implementation.ts';
import { mailTo } from './testing/mailTo.ts';

const PASSWORD = 'hunter2-s3cret';

let caught: CatchAll;
let fleet: TestFleet;
beforeAll(async () => {
  caught = await startCatchAll();
  const url = caught.url.replace('://', `://fleet:${PASSWORD}@`);
  fleet = await fleetForTests({ workers: [emailWith(mailTo({ url }))] });
});
afterAll(async () => {
  await fleet.stop();
  await caught.stop();
});

let subject: string;
let count = 0;
beforeEach(() => {
  count += 1;
  subject = `E-mail ${count}`;
});

/** An e-mail of this test. */
function email(fields: Partial<InputOf<typeof sendEmail>> = {}): InputOf<typeof sendEmail> {
  return { to: ['ada@example.org'], subject, text: 'It is ready.', ...fields };
}

/** What has arrived of it. */
function arrived() {
  return caught.messages().filter((message) => message.subject === subject);
}

/** Whom it has reached, message by message. */
function reached(): string[] {
  return arrived().map(({ to }) => to.join(' '));
}

describe('an e-mail in a fleet', () => {
  it('arrives with its files', async () => {
    const key = 'uploads/offer.pdf';
    const file = await fleet.access.put({
      key,
      body: Buffer.from('%PDF-1.7'),
      contentType: 'application/pdf',
    });
    const attachments = [{ fileName: 'Offer.pdf', contentType: 'application/pdf', file }];
    const handle = await fleet.schedule(sendEmail, email({ attachments, html: '<b>It is.</b>' }));
    const { sent } = await handle.result();
    expect(arrived()).toMatchObject([
      {
        to: ['ada@example.org'],
        text: 'It is ready.',
        html: '<b>It is.</b>',
        messageId: sent[0]?.messageId,
        attachments: [{ fileName: 'Offer.pdf', sizeBytes: 8 }],
      },
    ]);
  });

  it.each<Fault>([
    { at: 'greeting', answer: 421 },
    { at: 'greeting', answer: 'hangUp' },
    { at: 'login', answer: 535 },
    { at: 'recipient', answer: 450 },
    { at: 'message', answer: 451 },
    { at: 'message', answer: 'hangUp' },
  ])('arrives once after %j', async (fault) => {
    caught.break({ ...fault, times: 1 });
    const handle = await fleet.schedule(sendEmail, email());
    await fleet.spy.retrying(handle);
    await fleet.travel('15s');
    expect(await fleet.get(handle.id)).toMatchObject({ state: 'succeeded', attempt: 2 });
    expect(reached()).toEqual(['ada@example.org']);
  });

  it.each<Fault>([
    { at: 'sender', answer: 550 },
    { at: 'recipient', answer: 550 },
    { at: 'message', answer: 554 },
  ])('fails at once after %j', async (fault) => {
    caught.break({ ...fault, times: 1 });
    const handle = await fleet.schedule(sendEmail, email());
    await fleet.spy.failed(handle);
    expect(await fleet.get(handle.id)).toMatchObject({
      attempt: 1,
      error: { message: `the mail server refused ada@example.org (${fault.answer} not today)` },
    });
  });

  it('arrives when the mail server is back after an hour', async () => {
    const { undo } = caught.break({ at: 'greeting', answer: 421 });
    const handle = await fleet.schedule(sendEmail, email());
    await fleet.travel('1h');
    expect(await fleet.get(handle.id)).toMatchObject({ state: 'retrying' });
    undo();
    // The attempt that sends it is not to be overtaken by its time limit.
    await fleet.travel('30m', { patience: '10s' });
    expect(await fleet.get(handle.id)).toMatchObject({ state: 'succeeded' });
    expect(reached()).toEqual(['ada@example.org']);
  });

  it('shows nobody the password of the mail server', async () => {
    caught.break({ at: 'login', answer: 535, text: `no ${PASSWORD} here`, times: 1 });
    const handle = await fleet.schedule(sendEmail, email());
    await fleet.spy.retrying(handle);
    const record = JSON.stringify(await fleet.get(handle.id));
    expect(record).toContain('the mail server refused the login (535)');
    expect(record).not.toContain(PASSWORD);
    expect(JSON.stringify(fleet.log.lines)).not.toContain(PASSWORD);
    await fleet.travel('15s');
  });
});

describe('nobody gets an e-mail twice', () => {
  it('whose message comes twice', async () => {
    const undo = await fleet.faults.deliveredTwice(sendEmail);
    const handle = await fleet.schedule(sendEmail, email());
    await handle.result();
    await fleet.travel('1m');
    await undo();
    expect(reached()).toEqual(['ada@example.org']);
  });

  it('that is asked for twice with the same key', async () => {
    const options = { idempotencyKey: subject };
    const first = await fleet.schedule(sendEmail, email(), options);
    const second = await fleet.schedule(sendEmail, email(), options);
    expect(second.id).toBe(first.id);
    await second.result();
    await fleet.travel('1m');
    expect(reached()).toEqual(['ada@example.org']);
  });

  it('whose worker is killed between its messages', async () => {
    const silence = { at: 'recipient', answer: 'silence', address: 'bob@example.org' } as const;
    const { struck } = caught.break({ ...silence, times: 1 });
    const to = ['ada@example.org', 'bob@example.org', 'eve@example.org'];
    const handle = await fleet.schedule(sendEmail, email({ to, separately: true }));
    await struck;
    const startAnother = await fleet.faults.workerKilled('email');
    await startAnother();
    const { sent } = await handle.result();
    expect(sent.flatMap((message) => message.to)).toEqual(to);
    expect(reached()).toEqual(to);
    expect(await fleet.get(handle.id)).toMatchObject({ attempt: 2 });
  });

  it('but where the server has taken it and nobody heard: both have one Message-ID', async () => {
    caught.break({ at: 'confirmation', answer: 'hangUp', times: 1 });
    const handle = await fleet.schedule(sendEmail, email());
    await fleet.spy.retrying(handle);
    await fleet.travel('15s');
    const { sent } = await handle.result();
    const ids = arrived().map(({ messageId }) => messageId);
    expect(ids).toEqual([sent[0]?.messageId, sent[0]?.messageId]);
  });
});

describe('an e-mail that is cancelled', () => {
  it.each(['greeting', 'recipient'] as const)('at the %s is not sent', async (at) => {
    const { struck, undo } = caught.break({ at, answer: 'silence' });
    const handle = await fleet.schedule(sendEmail, email());
    await struck;
    await fleet.cancel(handle.id);
    await fleet.spy.cancelled(handle);
    undo();
    await fleet.travel('1m');
    expect(reached()).toEqual([]);
  });

  it('in the middle of its message is not sent in half', async () => {
    // More than what is under way between two sockets.
    const body = Buffer.alloc(12_000_000, 'x');
    const contentType = 'application/pdf';
    const file = await fleet.access.put({ key: 'uploads/large.pdf', body, contentType });
    const attachments = [{ fileName: 'Large.pdf', contentType, file }];
    const { struck, undo } = caught.break({ at: 'message', answer: 'silence' });
    const handle = await fleet.schedule(sendEmail, email({ attachments }));
    await struck;
    await fleet.cancel(handle.id);
    await fleet.spy.cancelled(handle);
    undo();
    await fleet.travel('1m');
    expect(reached()).toEqual([]);
  });
});
