import { isTerminal, type TaskState } from '@taskfleet/toolbox/contract';
import type { Facts, Violation } from './facts.ts';
import { lastSeen } from './lastSeen.ts';

/** An acknowledged task has ended, or is in a dead-letter queue with a reason. */
export function nothingLost(facts: Facts): Violation[] {
  const last = lastSeen(facts);
  const explained = new Set(facts.deadLetters.flatMap(({ id, reason }) => (reason ? [id] : [])));
  return facts.asked
    .filter(({ answer, id }) => answer === 'acknowledged' && !explained.has(id))
    .map(({ id, task }) => ({ id, task, state: last.get(id)?.state ?? 'without a result' }))
    .filter(({ state }) => !isTerminal(state as TaskState))
    .map(({ id, task, state }) => ({
      promise: 'no acknowledged task is lost',
      what: `${task} ${id} is ${state}`,
    }));
}
