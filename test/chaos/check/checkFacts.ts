import { attemptsInPolicy } from './attemptsInPolicy.ts';
import { definitionsKept } from './definitionsKept.ts';
import type { Check, Facts, Violation } from './facts.ts';
import { firingsOnce } from './firingsOnce.ts';
import { flowCallbacks } from './flowCallbacks.ts';
import { flowOrder } from './flowOrder.ts';
import { groupOrder } from './groupOrder.ts';
import { idsAreDerived } from './idsAreDerived.ts';
import { nothingAfterEnd } from './nothingAfterEnd.ts';
import { notBeforeItsTime } from './notBeforeItsTime.ts';
import { nothingLost } from './nothingLost.ts';
import { oneEnd } from './oneEnd.ts';
import { oneHolder } from './oneHolder.ts';
import { queuesEmpty } from './queuesEmpty.ts';
import { stopsInOrder } from './stopsInOrder.ts';
import { successIsEarned } from './successIsEarned.ts';
import { tokensGrow } from './tokensGrow.ts';

const CHECKS: readonly Check[] = [
  nothingLost,
  oneEnd,
  tokensGrow,
  oneHolder,
  groupOrder,
  attemptsInPolicy,
  nothingAfterEnd,
  successIsEarned,
  definitionsKept,
  queuesEmpty,
  stopsInOrder,
  flowCallbacks,
  flowOrder,
  notBeforeItsTime,
  firingsOnce,
  idsAreDerived,
];

/** Everything in a run that went against a promise. */
export function checkFacts(facts: Facts): Violation[] {
  return CHECKS.flatMap((check) => check(facts));
}
