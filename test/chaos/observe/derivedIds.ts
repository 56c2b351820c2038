import { derivedTaskId } from '@taskfleet/toolbox/contract';
import type { DerivedId, Firings, FlowFact, MemberFact } from '../check/facts.ts';
import { ticking } from '../fleet/labFleet.ts';
import type { SideLogLine } from '../fleet/sideLog.ts';

export interface DerivedFrom {
  readonly flows: readonly FlowFact[];
  readonly firings: Firings;
  readonly sideLog: readonly SideLogLine[];
}

/** The ids that are to follow from what their tasks are, and those that they had. */
export function derivedIds({ flows, firings, sideLog }: DerivedFrom): DerivedId[] {
  const told = Map.groupBy(sideLog, ({ n }) => n);
  return [
    ...flows.flatMap((flow) => [
      ...flow.members.map((some) => derived(some.id, [flow.id, pathOf(flow, some)])),
      ...tellersOf(flow, told.get(flow.n)),
    ]),
    ...firings.ran.map(({ id, at }) => derived(id, ['periodic', ticking.name, String(at)])),
  ];
}

function derived(id: string, parts: readonly string[]): DerivedId {
  return { id, expected: derivedTaskId('lab', parts), from: parts.join(' ') };
}

function pathOf({ links, failure }: FlowFact, { stage, index }: MemberFact): string {
  return stage < links
    ? `r.s${stage}`
    : `r.s${links}.${failure === 'failFast' ? 'm' : 'a'}${index}`;
}

/** Its callback, and what is told of its failure. */
function tellersOf({ id, links }: FlowFact, said: readonly SideLogLine[] = []): DerivedId[] {
  const paths = { callback: `r.e${links + 1}`, failure: 'onFailure' } as const;
  return said.flatMap(({ kind, role, id: teller }) =>
    kind === 'begin' && (role === 'callback' || role === 'failure')
      ? [derived(teller, [id, paths[role]])]
      : [],
  );
}
