import type { Mail, Message } from '../mail/mail.ts';

/** Mail that takes everything and sends nothing. */
export function takeEverything(sent: Message[] = []): Mail {
  return {
    from: 'Taskfleet <taskfleet@example.org>',
    async send(message, signal) {
      signal.throwIfAborted();
      sent.push(message);
      const { messageId, recipients: accepted } = message;
      return { messageId, accepted, refused: [], deferred: [] };
    },
    pause: async () => undefined,
  };
}
