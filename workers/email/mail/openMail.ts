import { type Clock, systemClock } from '@taskfleet/toolbox/clock';
import type { SettingsOf } from '@taskfleet/toolbox/contract';
import type { emailWorker } from '../contract.ts';
import { compose } from './compose.ts';
import { judgeFailed, judgeTaken } from './judge.ts';
import type { Mail } from './mail.ts';
import { sesTransport } from './sesTransport.ts';
import { smtpTransport } from './smtpTransport.ts';
import type { Transport } from './transport.ts';

/** One a second is what the strictest provider takes, an account in the sandbox of Amazon SES. */
const PAUSE_MS = 1_000;

/** Mail as the settings say. Connects to nothing before the first message. */
export function openMail({ server, from }: SettingsOf<typeof emailWorker>): Mail {
  const transport = server === undefined ? sesTransport() : smtpTransport(new URL(server));
  return mailThrough(transport, from);
}

/** Mail that goes through a transport. */
export function mailThrough(
  transport: Transport,
  from: string,
  { sleep }: Pick<Clock, 'sleep'> = systemClock,
): Mail {
  return {
    from,
    async send(message, signal) {
      try {
        return judgeTaken(message, await transport(compose(from, message), signal));
      } catch (error) {
        signal.throwIfAborted();
        return judgeFailed(message, error);
      }
    },
    pause: (signal) => sleep(PAUSE_MS, signal),
  };
}
