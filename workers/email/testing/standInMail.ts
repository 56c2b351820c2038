import type { Mail, Message, Verdict } from '../mail/mail.ts';

/** What the stand-in says of a message; of whom it says nothing, has it. */
export type Answer = (message: Message) => Partial<Verdict>;

export interface StandInMail extends Mail {
  /** What was handed to it, in order; of pauses a word. */
  readonly seen: (Message | 'pause')[];
}

/** Mail that is sent nowhere. */
export function standInMail(answer: Answer = () => ({})): StandInMail {
  const seen: StandInMail['seen'] = [];
  return {
    seen,
    from: 'Taskfleet <taskfleet@example.org>',
    async send(message, signal) {
      signal.throwIfAborted();
      seen.push(message);
      const { refused = [], deferred = [], messageId = message.messageId } = answer(message);
      const missing = new Set([...refused, ...deferred].map(({ address }) => address));
      const accepted = message.recipients.filter((address) => !missing.has(address));
      return { messageId, accepted, refused, deferred };
    },
    pause: async () => void seen.push('pause'),
  };
}
