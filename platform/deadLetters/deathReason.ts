import { type Fleet, maxReceiveCount } from '@taskfleet/toolbox/contract';
import type { Letter } from './letter.ts';

/** Why a message is among the dead letters: what its worker said, or that its queue gave up on it. Pure. */
export function deathReason(
  { workers }: Fleet,
  { service, reason }: Pick<Letter, 'service' | 'reason'>,
): string {
  if (reason !== undefined) return reason;
  const worker = workers.find(({ name }) => name === service);
  return worker
    ? `received ${maxReceiveCount(worker)} times without an end: its worker was killed or lost again and again`
    : 'received again and again without an end';
}
