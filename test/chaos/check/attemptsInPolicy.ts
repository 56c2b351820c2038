import type { Facts, Violation } from './facts.ts';
import { lastSeen } from './lastSeen.ts';

const PROMISE = 'attempts within the policy';

/** No handler begins an attempt beyond the last, and none is counted. */
export function attemptsInPolicy(facts: Facts): Violation[] {
  const { maxAttempts, sideLog } = facts;
  const begun = sideLog
    .filter(({ kind, attempt }) => kind === 'begin' && (attempt < 1 || attempt > maxAttempts))
    .map(({ id, attempt }) => `${id} ran attempt ${attempt} of ${maxAttempts}`);
  const counted = [...lastSeen(facts).values()]
    .filter(({ attempt }) => attempt > maxAttempts)
    .map(({ id, attempt }) => `${id} counts ${attempt} attempts of ${maxAttempts}`);
  return [...begun, ...counted].map((what) => ({ promise: PROMISE, what }));
}
