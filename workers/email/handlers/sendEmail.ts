import type { Handler } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import { openAttachments } from '../delivery/attachments.ts';
import { conclude } from '../delivery/conclude.ts';
import { messagesOf } from '../delivery/messages.ts';
import { openNotes } from '../delivery/notes.ts';
import type { Mail, Refusal } from '../mail/mail.ts';

/** Hands a task's messages to the mail server, one after the other, for everybody of whom earlier attempts have noted nothing. */
export function sendEmail(mail: Mail): Handler<typeof contract.sendEmail> {
  return async (input, ctx) => {
    const attachments = await openAttachments(input.attachments ?? [], ctx.artifacts);
    const messages = messagesOf(input, ctx.idempotencyKey, mail.from);
    const notes = await openNotes(ctx);
    const due = messages.filter((message) => notes.missing(message).length > 0);
    const deferred: Refusal[] = [];
    for (const [at, message] of due.entries()) {
      if (at > 0) await mail.pause(ctx.signal);
      const recipients = notes.missing(message);
      const verdict = await mail.send(
        { ...input, ...message, recipients, attachments },
        ctx.signal,
      );
      // Who dies before this is kept has the message sent twice.
      await notes.add(message, verdict);
      deferred.push(...verdict.deferred);
      ctx.progress((at + 1) / due.length);
    }
    return conclude(notes.of(messages), deferred);
  };
}
