import { createTransport } from 'nodemailer';
import type { Transport } from './transport.ts';

/** A server that does not answer is given up after this, and asked again by the task's next attempt. */
const TIMEOUTS = {
  connectionTimeout: 30_000,
  greetingTimeout: 30_000,
  // RFC 5321, 4.5.3.2 would wait for ten minutes, which is all that an attempt has.
  socketTimeout: 120_000,
};

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A connection for each message, to the mail server at `smtp:` or `smtps:`. A password goes over nothing but TLS, or stays on this machine. */
export function smtpTransport(url: URL, timeouts: Partial<typeof TIMEOUTS> = {}): Transport {
  const isLogin = url.username !== '';
  const transport = createTransport({
    ...TIMEOUTS,
    ...timeouts,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(url.port !== '' && { port: Number(url.port) }),
    secure: url.protocol === 'smtps:',
    ...(isLogin && { auth: credentialsOf(url), forceAuth: true }),
    requireTLS: isLogin && url.protocol === 'smtp:' && !LOOPBACK.has(url.hostname),
  });
  return (message, signal) => transport.sendMail({ ...message, signal });
}

function credentialsOf({ username, password }: URL) {
  return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
}
