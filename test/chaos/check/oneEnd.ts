import { isTerminal, type TaskState } from '@taskfleet/toolbox/contract';
import type { Facts, SeenResult, Violation } from './facts.ts';

/** A result that was seen to be final never changes again. */
export function oneEnd({ seen }: Facts): Violation[] {
  const ends = new Map<string, SeenResult>();
  const violations: Violation[] = [];
  for (const result of seen) {
    const end = ends.get(result.id);
    if (end && fingerprint(end) !== fingerprint(result)) {
      violations.push({
        promise: 'exactly one terminal state',
        what: `${result.id} ended as ${fingerprint(end)} and became ${fingerprint(result)}`,
      });
    }
    if (isTerminal(result.state as TaskState)) ends.set(result.id, result);
  }
  return violations;
}

function fingerprint({ state, attempt, token, holder, finishedAt }: SeenResult): string {
  return `${state} (attempt ${attempt}, token ${token}, holder ${holder}, at ${finishedAt ?? '-'})`;
}
