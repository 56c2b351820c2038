import { mailThrough } from '../mail/openMail.ts';
import { smtpTransport } from '../mail/smtpTransport.ts';

/** Mail by the server at that address, without pauses. */
export function mailTo(
  { url }: { readonly url: string },
  timeouts?: Parameters<typeof smtpTransport>[1],
) {
  const from = 'Taskfleet <taskfleet@example.org>';
  const clock = { sleep: async () => undefined };
  return mailThrough(smtpTransport(new URL(url), timeouts), from, clock);
}
