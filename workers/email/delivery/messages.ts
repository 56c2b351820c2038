import { createHash } from 'node:crypto';
import type { ParsedInputOf } from '@taskfleet/toolbox/contract';
import { addressParts, type sendEmail } from '../contract.ts';

/** A message that the task asks for, before anything is known of its fate. */
export interface Planned {
  /** As the caller wrote them. */
  readonly to: readonly string[];
  /** The same, plain. */
  readonly addresses: readonly string[];
  readonly messageId: string;
  /** What names it among the messages of its task. */
  readonly digest: string;
}

type Input = Pick<ParsedInputOf<typeof sendEmail>, 'to' | 'separately'>;

/** One message to all, or one to each. The same task has the same messages in every attempt, by their ids. Pure. */
export function messagesOf({ to, separately }: Input, key: string, from: string): Planned[] {
  const groups = separately === true ? to.map((one) => [one]) : [to];
  const domain = addressParts(from).address.split('@').at(-1);
  return groups.map((group) => {
    const addresses = group.map((one) => addressParts(one).address);
    const digest = digestOf([key, ...addresses].join('\n'));
    return { to: group, addresses, digest, messageId: `<${digest}@${domain}>` };
  });
}

/** Enough of it that no two of a fleet's messages are ever taken for one. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
