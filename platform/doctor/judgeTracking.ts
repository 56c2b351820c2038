import { type Check, kept, type Place } from '@taskfleet/toolbox/conformance/stage';
import type { Pinged } from './pingWorker.ts';

/** What the records of the pings say of the platform; nothing when none was scheduled. Pure. */
export function judgeTracking(pinged: readonly Pinged[], place: Place): Check[] {
  const known = pinged.flatMap(({ isTracked }) => (isTracked === undefined ? [] : [isTracked]));
  const lost = known.filter((isTracked) => !isTracked).length;
  const is = { subject: 'platform', rule: 'records tasks' };
  if (known.length === 0) return [];
  if (lost === 0) return [kept(is.subject, is.rule)];
  const log = place.isLocal
    ? 'npm start, and .taskfleet/logs/platform.log'
    : 'its service and its log';
  return [
    {
      ...is,
      verdict: 'error',
      cause: `of ${lost} of ${known.length} pings it has not recorded in time who asked`,
      mend: `does the platform run? Look at ${log}; docs/operations.md, Tracker lag`,
    },
  ];
}
