import { createTransport } from 'nodemailer';
import type { Transport } from './transport.ts';

/** Amazon SES, in the region and with the role of the process. Its client is loaded by the first message: most fleets have a mail server. */
export function sesTransport(): Transport {
  let opened: ReturnType<typeof openSes> | undefined;
  return async (message, signal) => {
    const { client, SendEmailCommand } = await (opened ??= openSes());
    // nodemailer gives SES no signal.
    const sesClient = {
      config: client.config,
      send: (command: unknown) =>
        client.send(command as InstanceType<typeof SendEmailCommand>, { abortSignal: signal }),
    };
    return createTransport({ SES: { sesClient, SendEmailCommand } }).sendMail(message);
  };
}

async function openSes() {
  const { SESv2Client, SendEmailCommand } = await import('@aws-sdk/client-sesv2');
  return { client: new SESv2Client(), SendEmailCommand };
}
