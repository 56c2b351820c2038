import { CLAIMABLE_STATES, type TaskResultRecord, type TaskState } from '../contract/index.ts';
import type { Condition } from './updateExpression.ts';

/**
 * The task has no result yet, or is in a state from which an attempt may begin, has one left, and is not to be cancelled; and
 * this claim has not been made.
 */
export function claimableFor(nonce: string, maxAttempts: number): Condition {
  const states = Object.fromEntries(CLAIMABLE_STATES.map((state) => [state, state]));
  const list = CLAIMABLE_STATES.map((state) => `:if_${state}`).join(', ');
  return {
    expression:
      `attribute_not_exists(#state) OR (#state IN (${list}) AND #claim <> :if_nonce ` +
      'AND #attempt < :if_maxAttempts AND attribute_not_exists(#cancel))',
    names: ['state', 'claim', 'attempt', 'cancel'],
    values: { ...states, nonce, maxAttempts },
  };
}

/** The attempt with this fencing token still runs: nobody has claimed the task since. */
export function heldWith(token: number): Condition {
  return {
    expression: '#token = :if_token AND #state = :if_state',
    names: ['token', 'state'],
    values: { token, state: 'running' },
  };
}

/** The result is as it was read: the same state of the same claim, or still not there. */
export function unchangedSince(met: TaskResultRecord | undefined): Condition {
  if (!met) return { expression: 'attribute_not_exists(#state)', names: ['state'], values: {} };
  return {
    expression: '#state = :if_state AND #token = :if_token',
    names: ['state', 'token'],
    values: { state: met.state, token: met.token },
  };
}

export function inState(state: TaskState): Condition {
  return { expression: '#state = :if_state', names: ['state'], values: { state } };
}
