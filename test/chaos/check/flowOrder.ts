import type { Facts, FlowFact, Violation } from './facts.ts';
import { lastSeen } from './lastSeen.ts';

/** No stage of a flow begins before all members of the one before have ended; its callback is the last stage. */
export function flowOrder(facts: Facts): Violation[] {
  const last = lastSeen(facts);
  const begins = facts.sideLog.filter(({ kind }) => kind === 'begin');
  const beganAt = new Map(begins.toReversed().map(({ id, at }) => [id, at]));
  const callbacks = Map.groupBy(
    begins.filter(({ role }) => role === 'callback'),
    ({ n }) => n,
  );

  return facts.flows.flatMap((flow) => {
    const followers = [
      ...flow.members.map(({ id, stage }) => ({ id, stage, at: beganAt.get(id) })),
      ...(callbacks.get(flow.n) ?? []).map(({ id, at }) => ({ id, at, stage: Infinity })),
    ];
    return followers.flatMap(({ id, stage, at = Infinity }) =>
      flow.members
        .filter(
          (before) => before.stage < stage && at < (last.get(before.id)?.finishedAt ?? Infinity),
        )
        .filter(() => at < Infinity)
        .map((before) => broken(flow, id, before.id)),
    );
  });
}

function broken(flow: FlowFact, id: string, before: string): Violation {
  const what = `${flow.id}: ${id} began before ${before} had ended`;
  return { promise: 'a flow keeps its order', what };
}
