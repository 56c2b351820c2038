import type { Clients } from '@taskfleet/toolbox/aws';
import { deleteWhatIsReturned } from './deleteWhatIsReturned.ts';
import { forgetClaimCondition } from './forgetClaimCondition.ts';

const BREAKS = {
  /** Claims lack their condition. */
  claim: ({ dynamodb }) => forgetClaimCondition(dynamodb),
  /** A stopping worker deletes what it should return. */
  return: ({ sqs }) => deleteWhatIsReturned(sqs),
} as const satisfies Record<string, (clients: Clients) => void>;

/** What a worker of the lab may be made to lack, to see that the checker notices. */
export type BrokenGuard = keyof typeof BREAKS;

/** Takes the guard of this name away from a worker; without a name, none. */
export function breakGuard(name: string | undefined, clients: Clients): void {
  if (name === undefined) return;
  if (!(name in BREAKS)) throw new RangeError(`the lab knows no guard ${name}`);
  BREAKS[name as BrokenGuard](clients);
}
