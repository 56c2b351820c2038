import type { AskedTask, Facts, SeenResult, Violation } from './facts.ts';
import { lastSeen } from './lastSeen.ts';

/** No task of a group begins before those that were asked for earlier have ended. */
export function groupOrder(facts: Facts): Violation[] {
  const begins = firstBegins(facts);
  const last = lastSeen(facts);
  const groups = Map.groupBy(
    facts.asked.filter(({ group }) => group !== undefined),
    ({ group }) => group,
  );
  return [...groups.values()].flatMap((tasks) => {
    // Tasks that never came to run, because the topic did not take them, order nothing.
    const ran = tasks.filter(({ id }) => begins.has(id)).toSorted(bySequence);
    return ran.slice(1).flatMap((task, i) => {
      const before = ran[i];
      const beganAt = begins.get(task.id) ?? Infinity;
      const endedAt = before && endOf(facts, last.get(before.id));
      return before && endedAt !== undefined && beganAt < endedAt
        ? [broken(before, task, beganAt, endedAt)]
        : [];
    });
  });
}

/**
 * A task that died had its end when its message went to the dead letters, which nobody notes; the record comes later. What its handlers
 * said last was before that.
 */
function endOf({ sideLog }: Facts, result: SeenResult | undefined): number {
  if (result?.state !== 'dead') return result?.finishedAt ?? Infinity;
  return Math.max(...sideLog.filter(({ id }) => id === result.id).map(({ at }) => at));
}

function firstBegins({ sideLog }: Facts): ReadonlyMap<string, number> {
  const begins = sideLog.filter(({ kind }) => kind === 'begin');
  return new Map(begins.toReversed().map(({ id, at }) => [id, at]));
}

function bySequence(a: AskedTask, b: AskedTask): number {
  return (a.sequence ?? 0) - (b.sequence ?? 0);
}

function broken(before: AskedTask, task: AskedTask, beganAt: number, endedAt: number): Violation {
  const gap = Number.isFinite(endedAt) ? `${endedAt - beganAt} ms before` : 'without an end of';
  return {
    promise: 'order within a group',
    what: `group ${task.group}: number ${task.sequence} (${task.id}) began ${gap} number ${before.sequence} (${before.id})`,
  };
}
