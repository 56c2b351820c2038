import type { Fleet } from '@taskfleet/toolbox/contract';
import { type Demand, MONTH_MINUTES } from './demand.ts';
import type { Quantity } from './quantity.ts';
import { stackContents } from './stackContents.ts';

const KB = 1_024;

/** Bytes of an item's key, expiry and version. */
const BASE_BYTES = 80;

/** What one service takes with a long name and five numbers of a few digits. */
export const SERVICE_BYTES = 49;

/** The item of the minute, and that of its hour. */
const ITEMS = 2;

/** What is in the queues is kept every minute, with or without tasks. One replica looks. */
export function queueHistoryLines({ fleet }: Demand): Quantity[] {
  const looks = looksAMinute(fleet) * MONTH_MINUTES;
  const units = ITEMS * unitsOfDepths(fleet) * MONTH_MINUTES;
  return [
    { price: 'queueRequests', what: 'looks into queues', amount: looks, part: 'idle' },
    { price: 'writeUnits', what: 'what was in the queues', amount: units, part: 'idle' },
  ];
}

/** One for each queue, dead letters included. */
export function looksAMinute(fleet: Fleet): number {
  const { subscriptions, deadLetterQueues } = stackContents(fleet);
  return subscriptions + deadLetterQueues;
}

/** Write units of one item. */
export function unitsOfDepths({ workers }: Pick<Fleet, 'workers'>): number {
  return Math.ceil((BASE_BYTES + (workers.length + 1) * SERVICE_BYTES) / KB);
}
