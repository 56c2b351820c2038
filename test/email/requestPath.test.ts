import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fleetForTests, type TestFleet } from '@taskfleet/testing';
import { isTaskId, type TaskId } from '@taskfleet/toolbox/contract';
import { startCatchAll } from '@taskfleet/worker-email/catch-all';
import { emailWith } from '@taskfleet/worker-email/implementation';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openMail } from '../../workers/email/mail/openMail.ts';
import { application } from './invitations.ts';

/** A fleet whose only worker sends by that server. */
function fleetThatSendsBy(server: string): Promise<TestFleet> {
  return fleetForTests({ workers: [emailWith(openMail({ server, from: 'app@example.com' }))] });
}

/** The application, listening until the end of the test. */
async function running({ schedule }: TestFleet) {
  const server = application(schedule).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    post: (path: string, body: string) =>
      fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body }),
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

const accepted = z.object({ email: z.custom<TaskId>((id) => isTaskId(String(id))) });

/** The task that an answer names. */
async function emailOf(response: Response): Promise<TaskId> {
  expect(response.status).toBe(202);
  return accepted.parse(await response.json()).email;
}

describe('a page that sends an e-mail answers', () => {
  it('while the mail server holds every connection', async () => {
    await using caught = await startCatchAll();
    await using fleet = await fleetThatSendsBy(caught.url);
    await using host = await running(fleet);
    const silence = caught.break({ at: 'greeting', answer: 'silence' });
    const first = await emailOf(await host.post('/invitations/1', 'ada@example.org'));
    await silence.struck;
    // The worker waits for the mail server now, and has said so.
    await fleet.spy.running(first);
    const second = await emailOf(await host.post('/invitations/2', 'eve@example.org'));
    expect(caught.messages()).toEqual([]);
    silence.undo();
    await fleet.spy.succeeded(first);
    await fleet.spy.succeeded(second);
    expect(
      caught
        .messages()
        .flatMap(({ to }) => to)
        .toSorted(),
    ).toEqual(['ada@example.org', 'eve@example.org']);
  });

  it('while nobody listens, and the e-mail goes out when somebody does', async () => {
    const away = await startCatchAll();
    await away.stop();
    await using fleet = await fleetThatSendsBy(away.url);
    await using host = await running(fleet);
    const email = await emailOf(await host.post('/invitations/1', 'ada@example.org'));
    await fleet.spy.retrying(email);
    expect(await fleet.get(email)).toMatchObject({
      error: { message: expect.stringContaining('ECONNREFUSED') },
    });
    await using caught = await startCatchAll({ port: Number(new URL(away.url).port) });
    await fleet.travel('15s');
    expect(await fleet.get(email)).toMatchObject({ state: 'succeeded', attempt: 2 });
    expect(caught.messages()).toHaveLength(1);
  });

  it('while the mail server puts everybody off', async () => {
    await using caught = await startCatchAll();
    await using fleet = await fleetThatSendsBy(caught.url);
    await using host = await running(fleet);
    caught.break({ at: 'recipient', answer: 451, text: 'come back later' });
    const email = await emailOf(await host.post('/invitations/1', 'ada@example.org'));
    await fleet.spy.retrying(email);
    expect(await fleet.get(email)).toMatchObject({
      error: { message: expect.stringContaining('ada@example.org (451 come back later)') },
    });
  });

  it('while the mail server refuses, which the record says afterwards', async () => {
    await using caught = await startCatchAll();
    await using fleet = await fleetThatSendsBy(caught.url);
    await using host = await running(fleet);
    caught.break({ at: 'recipient', answer: 550, text: 'no such user' });
    const email = await emailOf(await host.post('/invitations/1', 'ada@example.org'));
    await fleet.spy.failed(email);
    expect(await fleet.get(email)).toMatchObject({
      attempt: 1,
      subject: '/invitations/1',
      error: {
        name: 'NonRetryableError',
        message: 'the mail server refused ada@example.org (550 no such user)',
      },
    });
  });

  it('while the topic is away', async () => {
    await using caught = await startCatchAll();
    await using fleet = await fleetThatSendsBy(caught.url);
    await using host = await running(fleet);
    const undo = await fleet.faults.topicUnavailable();
    const email = await emailOf(await host.post('/invitations/1', 'ada@example.org'));
    await undo();
    await fleet.spy.succeeded(email);
    expect(caught.messages()).toHaveLength(1);
  });

  it('that nothing can be sent, while topic and table are away', async () => {
    await using caught = await startCatchAll();
    await using fleet = await fleetThatSendsBy(caught.url);
    await using host = await running(fleet);
    await fleet.faults.topicUnavailable();
    await fleet.faults.tableUnavailable();
    const response = await host.post('/invitations/1', 'ada@example.org');
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('twice, and one e-mail goes out', async () => {
    await using caught = await startCatchAll();
    await using fleet = await fleetThatSendsBy(caught.url);
    await using host = await running(fleet);
    const first = await emailOf(await host.post('/invitations/1', 'ada@example.org'));
    expect(await emailOf(await host.post('/invitations/1', 'ada@example.org'))).toBe(first);
    await fleet.travel('1m');
    expect(caught.messages()).toHaveLength(1);
  });

  it('at once what cannot be sent to', async () => {
    await using caught = await startCatchAll();
    await using fleet = await fleetThatSendsBy(caught.url);
    await using host = await running(fleet);
    const response = await host.post('/invitations/1', 'ada@example.org\r\nBcc: eve@example.org');
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({
      error:
        'input of email.send: to[0]: expected one line without line breaks and other control characters; ' +
        'to[0]: expected an address such as ada@example.org or Ada Lovelace <ada@example.org>',
    });
  });
});

it('is shown as it runs here', () => {
  const root = join(import.meta.dirname, '../..');
  const page = readFileSync(join(root, 'docs/how-to/email-off-the-request-path.md'), 'utf8');
  expect(page).toContain(readFileSync(join(import.meta.dirname, 'invitations.ts'), 'utf8'));
});
