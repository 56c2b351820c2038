import { createHash } from 'node:crypto';
import type { ParsedInputOf } from '@taskfleet/toolbox/contract';
import { addressParts, type sendEmail } from '../contract.ts';

/** A message that a task asks for. */
export interface Planned {
  /** As the caller wrote them. */
  readonly to: readonly string[];
  /** The same, plain. */
  readonly addresses: readonly string[];
  /** With its angle brackets. */
  readonly messageId: string;
  /** What names it among all messages. */
  readonly digest: string;
}

type Input = Pick<ParsedInputOf<typeof sendEmail>, 'to' | 'separately'>;

/**
 * One message to all, or one to each. Every attempt of a task has the same ones, under the same Message-IDs: where one was sent twice
 * after all, receivers can tell. Pure.
 */
export function messagesOf({ to, separately }: Input, key: string, from: string): Planned[] {
  const groups = separately === true ? to.map((one) => [one]) : [to];
  const domain = addressParts(from).address.split('@').at(-1);
  return groups.map((group) => {
    const addresses = group.map((one) => addressParts(one).address);
    const digest = digestOf([key, ...addresses]);
    return { to: group, addresses, digest, messageId: `<${digest}@${domain}>` };
  });
}

/** 128 bits: no two messages of a fleet are ever taken for one. */
export function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
