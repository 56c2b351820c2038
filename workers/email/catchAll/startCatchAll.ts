import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Clock, systemClock } from '@taskfleet/toolbox/clock';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { CaughtMessage } from './caughtMessage.ts';
import {
  type Fault,
  type FaultPoint,
  Faults,
  HangUpError,
  RefusalError,
  type StandingFault,
} from './faults.ts';
import { Mailbox } from './mailbox.ts';

export interface CatchAllOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Where messages are kept as `.eml` files, also those of before. Default: in memory only. */
  readonly folder?: string;
  /** Older messages give way, and their files. Whole number from 1. Default 200. */
  readonly maxMessages?: number;
  readonly clock?: Pick<Clock, 'now'>;
}

/** A mail server that takes everything, from everybody on this machine, and sends nothing on. */
export interface CatchAll extends AsyncDisposable {
  /** Such as `smtp://127.0.0.1:2525`. */
  readonly url: string;
  /** What has come, oldest first. */
  messages(): readonly CaughtMessage[];
  /** Has it misbehave until the fault is undone. */
  break(fault: Fault): StandingFault;
  /** Closes it and all connections; connecting is refused from then on. */
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const USUAL_MESSAGES = 200;

/** As much as Amazon SES takes (docs.aws.amazon.com/ses/latest/dg/quotas.html). */
const LARGEST_MESSAGE_BYTES = 40_000_000;

/** Starts a catch-all mail server on the loopback. Rejects where the port is taken, or the folder cannot be had. */
export async function startCatchAll(options: CatchAllOptions = {}): Promise<CatchAll> {
  const { port = 0, folder, maxMessages = USUAL_MESSAGES, clock = systemClock } = options;
  const mailbox = new Mailbox(maxMessages, folder);
  await mailbox.open();
  const faults = new Faults();
  const server = serverOf({ mailbox, faults, clock });
  const listening = server.listen(port, LOOPBACK);
  await once(listening, 'listening');
  // A client that goes away in the middle is no error of the server's.
  server.on('error', () => undefined);
  const { port: taken } = listening.address() as AddressInfo;
  return {
    url: `smtp://${LOOPBACK}:${taken}`,
    messages: () => mailbox.messages,
    break: (fault) => faults.add(fault),
    stop: () => stop(server),
    [Symbol.asyncDispose]: () => stop(server),
  };
}

interface Parts {
  readonly mailbox: Mailbox;
  readonly faults: Faults;
  readonly clock: Pick<Clock, 'now'>;
}

type Done = (error?: Error | null) => void;

function serverOf({ mailbox, faults, clock }: Parts): SMTPServer {
  const passing = async (session: SMTPServerSession, done: Done, pass: () => Promise<void>) => {
    try {
      await pass();
      done();
    } catch (error) {
      if (error instanceof HangUpError) connectionOf(server, session)?.close();
      else done(error as Error);
    }
  };
  const at = (point: FaultPoint, session: SMTPServerSession, done: Done, address?: string) =>
    void passing(session, done, () => faults.pass(point, address));
  const server = new SMTPServer({
    size: LARGEST_MESSAGE_BYTES,
    authOptional: true,
    allowInsecureAuth: true,
    // It would offer a certificate that nobody trusts.
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 0,
    logger: false,
    onConnect: (session, done) => at('greeting', session, done),
    onAuth: ({ username }, session, done) =>
      at('login', session, (error) => done(error, { user: username })),
    onMailFrom: (_sender, session, done) => at('sender', session, done),
    onRcptTo: ({ address }, session, done) => at('recipient', session, done, address),
    onData: (stream, session, done) =>
      void passing(session, done, async () => {
        await faults.pass('message');
        const message = await wholeMessage(stream);
        await mailbox.keep({ ...envelopeOf(session), at: clock.now() }, message);
        await faults.pass('confirmation');
      }),
  });
  return server;
}

async function wholeMessage(stream: SMTPServerDataStream): Promise<Uint8Array> {
  const message = await buffer(stream);
  if (stream.sizeExceeded) throw new RefusalError(552, 'message too large');
  return message;
}

function envelopeOf({ envelope }: SMTPServerSession) {
  const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  return { from, to: envelope.rcptTo.map(({ address }) => address) };
}

function connectionOf({ connections }: SMTPServer, { id }: SMTPServerSession) {
  return [...connections].find((connection) => connection.id === id);
}

async function stop(server: SMTPServer): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await closed;
}
