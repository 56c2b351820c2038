import { artifactRef, defineTask, defineWorker, fargate } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** What a header of an e-mail carries: a line break or another control character in it would begin a header of its own. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u;
const oneLine = z
  .string()
  .regex(ONE_LINE, 'expected one line without line breaks and other control characters');

/** Tabs and line breaks are what text has; mail servers refuse the rest. */
const NO_TEXT = /(?![\t\r\n])[\p{Cc}\p{Cs}]/u;
const body = z
  .string()
  .refine((text) => !NO_TEXT.test(text), 'expected no control characters but tabs and line breaks');

/** `ada@example.org` or `Ada Lovelace <ada@example.org>`. */
const ADDRESS = /^(?:(?<name>[^<>]*)<(?<inBrackets>[^<>\s]+)>|(?<alone>[^<>\s]+))$/;

/** An address by itself has at most 254 characters (RFC 5321, 4.5.3.1.3 with its erratum 1690). */
const plainAddress = z.email().max(254);

/** The two parts of an address: `name` is what stands before the brackets, without quotes, or empty. */
export function addressParts(text: string): { readonly name: string; readonly address: string } {
  const { name = '', inBrackets, alone = '' } = ADDRESS.exec(text)?.groups ?? {};
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: inBrackets ?? alone };
}

const address = oneLine
  .max(320)
  .refine(
    (text) => plainAddress.safeParse(addressParts(text).address).success,
    'expected an address such as ada@example.org or Ada Lovelace <ada@example.org>',
  );

const attachment = z.strictObject({
  /** The name that it is saved under, at most 150 characters: no path, and nothing that turns the direction of writing. */
  fileName: oneLine
    .min(1)
    .max(150)
    .regex(/^(?!\.{1,2}$)[^/\\\u202a-\u202e\u2066-\u2069]+$/, 'expected a file name, not a path'),
  /** Such as `application/pdf`. */
  contentType: z
    .string()
    .max(100)
    .regex(/^[\w.+-]+\/[\w.+-]+$/, 'expected a media type such as application/pdf'),
  /** A file below `uploads/`, where people store them: those of other workers are not for this one to read. All together: at most 25 MB. */
  file: artifactRef.refine(
    (ref) => ref.startsWith('artifact:uploads/'),
    'expected a file below artifact:uploads/, where this worker may read',
  ),
});

/**
 * An e-mail to one or several people. Each gets it once, unless the mail server's answer is lost, or the worker dies before it has noted it:
 * then a second copy follows, under the same Message-ID.
 */
export const sendEmail = defineTask('email.send', {
  input: z.strictObject({
    /** Whom it goes to, each `ada@example.org` or `Ada Lovelace <ada@example.org>`, and each once. At most 50, as SES has it. */
    to: z.array(address).min(1).max(50).refine(isEachOnce, 'expected each address once'),
    subject: oneLine.min(1).max(250),
    /** What it says, as plain text. */
    text: body.min(1).max(200_000),
    /** The same as a page, for programs that show one. Sent as it is. */
    html: body.min(1).max(1_000_000).optional(),
    /** Whom answers go to. Default: the worker's own address. */
    replyTo: address.optional(),
    attachments: z.array(attachment).min(1).max(20).optional(),
    /** A message for each address, in which nobody sees the others. Default false: one message, with all addresses in it. */
    separately: z.boolean().optional(),
  }),
  output: z.object({
    /** Each message that the mail server has taken, and for whom. */
    sent: z.array(z.object({ to: z.array(z.string()), messageId: z.string() })),
    /** Addresses that the mail server has refused for good, and what it said. A task that reached nobody has failed instead. */
    refused: z.array(z.object({ address: z.string(), reason: z.string() })),
  }),
  // Goes on for 76 to 152 minutes: a mail server that is away for an hour, or that takes strangers only at their second try, costs nothing.
  retry: { maxAttempts: 12, backoff: { initial: '15s', factor: 2, max: '30m' } },
  timeLimit: '10m',
  // Amazon SES takes 1 a second in its sandbox, and out of it what the account shows (docs.aws.amazon.com/ses/latest/dg/quotas.html), which
  // for a new one is usually 14. It counts recipients.
  rateLimit: '10/s',
});

function isEachOnce(addresses: readonly string[]): boolean {
  const plain = addresses.map((one) => addressParts(one).address.toLowerCase());
  return new Set(plain).size === addresses.length;
}

/** What its tasks have in common: one mail server, one sender, and what the provider counts. */
export const emailWorker = defineWorker('email', {
  tasks: [sendEmail],
  concurrency: 5,
  settings: {
    server: {
      variable: 'TASKFLEET_EMAIL_SERVER',
      meaning: 'address of the mail server, with user and password where it wants a login',
      schema: z
        .url({
          protocol: /^smtps?$/,
          hostname: /./,
          error: 'expected an address such as smtps://user:password@mail.example.com',
        })
        .refine(isDecodable, 'expected "%" in user and password to be written as "%25"')
        .optional(),
      otherwise: 'Amazon SES, with the rights of the role',
      secret: true,
    },
    from: {
      variable: 'TASKFLEET_EMAIL_FROM',
      meaning: 'the sender of all e-mails, such as Acme <hello@example.com>',
      schema: address.default('taskfleet@localhost'),
    },
  },
  permissions: [
    {
      actions: ['ses:SendEmail', 'ses:SendRawEmail'],
      resources: ['arn:aws:ses:*:*:identity/*'],
      why: 'send emails as whoever the account may',
    },
  ],
  // SMTP over TLS, from the start or once both sides have agreed; 443 for Amazon SES and for the password. Amazon SES takes messages as a
  // whole: five of 25 MB at a time were seen to need 0.8 GB.
  compute: fargate({ internet: [443, 465, 587], memory: 1_024 }),
});

function isDecodable(url: string): boolean {
  try {
    const { username, password } = new URL(url);
    return decodeURIComponent(username + password) !== undefined;
  } catch {
    return false;
  }
}
