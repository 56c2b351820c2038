import type { Handler } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import { openAttachments } from '../delivery/attachments.ts';
import { conclude } from '../delivery/conclude.ts';
import { messagesOf } from '../delivery/messages.ts';
import type { Mail, Verdict } from '../mail/mail.ts';

/** Hands a task's messages to the mail server, one after the other. */
export function sendEmail(mail: Mail): Handler<typeof contract.sendEmail> {
  return async (input, ctx) => {
    const attachments = await openAttachments(input.attachments ?? [], ctx.artifacts);
    const messages = messagesOf(input, ctx.idempotencyKey, mail.from);
    const verdicts: Verdict[] = [];
    for (const { to, addresses, messageId } of messages) {
      if (verdicts.length > 0) await mail.pause(ctx.signal);
      const message = { ...input, messageId, to, recipients: addresses, attachments };
      verdicts.push(await mail.send(message, ctx.signal));
      ctx.progress(verdicts.length / messages.length);
    }
    return conclude(verdicts);
  };
}
