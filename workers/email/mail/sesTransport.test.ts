import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { attachment, message } from '../testing/messages.ts';
import { openMail } from './openMail.ts';

const ses = mockClient(SESv2Client);
const never = new AbortController().signal;
const mail = () => openMail({ server: undefined, from: 'Taskfleet <taskfleet@example.org>' });

beforeEach(() => {
  ses.reset();
  vi.stubEnv('AWS_REGION', 'eu-central-1');
});
afterEach(() => vi.unstubAllEnvs());

it('gives Amazon SES the whole message, and names it as SES does', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: '0101' });
  const attachments = [attachment('a.txt', [Buffer.from('abc')])];
  const verdict = await mail().send(message({ attachments }), never);
  expect(verdict).toEqual({
    messageId: '<0101@eu-central-1.amazonses.com>',
    accepted: ['ada@example.org'],
    refused: [],
    deferred: [],
  });
  const [call] = ses.commandCalls(SendEmailCommand);
  expect(call?.args[0].input).toMatchObject({
    FromEmailAddress: 'Taskfleet <taskfleet@example.org>',
    Destination: { ToAddresses: ['ada@example.org'] },
  });
  const raw = Buffer.from(call?.args[0].input.Content?.Raw?.Data ?? '').toString();
  expect(raw).toContain('Subject: Your export\r\n');
  expect(raw).toContain(Buffer.from('abc').toString('base64'));
});

it.each(['MessageRejected', 'BadRequestException'])('takes %s for good', async (name) => {
  ses.on(SendEmailCommand).rejects(named(name, 'Email address is not verified.'));
  expect(await mail().send(message(), never)).toMatchObject({
    accepted: [],
    refused: [{ address: 'ada@example.org', reason: 'Email address is not verified.' }],
  });
});

it.each(['TooManyRequestsException', 'SendingPausedException', 'TimeoutError'])(
  'tries again after %s',
  async (name) => {
    ses.on(SendEmailCommand).rejects(named(name, 'Maximum sending rate exceeded.'));
    await expect(mail().send(message(), never)).rejects.toMatchObject({
      code: 'mail_server',
      message: 'the mail server took nothing: Maximum sending rate exceeded.',
    });
  },
);

it('stops a request whose attempt ends', async () => {
  const ending = new AbortController();
  const send = vi.spyOn(SESv2Client.prototype, 'send').mockImplementation(() => {
    ending.abort(new Error('cancelled'));
    throw named('AbortError', 'Request aborted');
  });
  await expect(mail().send(message(), ending.signal)).rejects.toThrow('cancelled');
  expect(send).toHaveBeenCalledWith(expect.anything(), { abortSignal: ending.signal });
});

function named(name: string, text: string): Error {
  return Object.assign(new Error(text), { name });
}
