import { isDeepStrictEqual } from 'node:util';
import { isTerminal, type Json, type TaskState } from '@taskfleet/toolbox/contract';
import type { SideLogLine } from '../fleet/sideLog.ts';
import type { Facts, FlowFact, SeenResult, Violation } from './facts.ts';
import { lastSeen } from './lastSeen.ts';

/** An accepted flow ends; its callback, or what follows from its failure, runs once, and knows all results in their order. */
export function flowCallbacks(facts: Facts): Violation[] {
  const last = lastSeen(facts);
  const begins = Map.groupBy(
    facts.sideLog.filter(({ kind, role }) => kind === 'begin' && role !== undefined),
    ({ n }) => n,
  );
  return facts.flows.flatMap((flow) => {
    const begun = begins.get(flow.n) ?? [];
    const problems = [
      ...lostOf(flow),
      ...countProblems(flow, begun),
      ...givenProblems(flow, begun, last),
    ];
    return problems.map((what) => ({
      promise: "a flow's callback runs exactly once",
      what: `${flow.id} (${flow.state ?? 'unknown'}): ${what}`,
    }));
  });
}

function lostOf({ answer, state }: FlowFact): string[] {
  const hasEnded = isTerminal(state as TaskState);
  return answer === 'acknowledged' && !hasEnded ? ['it was accepted and has not ended'] : [];
}

/** How many tasks of each kind may have begun: the attempts of one task are one. */
function countProblems({ state, isByCallback }: FlowFact, begun: readonly SideLogLine[]) {
  const permitted = {
    callback: state === 'succeeded' ? [1] : mayHaveBegun(isByCallback || state !== 'failed'),
    failure: state === 'failed' ? [1] : [0],
  };
  return (['callback', 'failure'] as const).flatMap((role) => {
    const ids = new Set(begun.filter((line) => line.role === role).map(({ id }) => id));
    if (permitted[role].includes(ids.size)) return [];
    const expected = permitted[role].join(' or ');
    return `expected ${expected} ${role}, got ${ids.size} (${[...ids].join(', ')})`;
  });
}

function mayHaveBegun(may: boolean): number[] {
  return may ? [0, 1] : [0];
}

function givenProblems(
  flow: FlowFact,
  begun: readonly SideLogLine[],
  last: ReadonlyMap<string, SeenResult>,
): string[] {
  const expected = resultsOf(flow, last);
  return begun
    .filter(({ role }) => role === 'callback')
    .flatMap(({ given }) => differenceOf(expected, bare(given)));
}

/** The first: of ten thousand results, the others say no more. */
function differenceOf(expected: readonly unknown[], got: readonly unknown[]): string[] {
  if (isDeepStrictEqual(got, expected)) return [];
  const differs = expected.findIndex((some, i) => !isDeepStrictEqual(some, got[i]));
  const i = differs === -1 ? expected.length : differs;
  return [
    `expected ${expected.length} results, got ${got.length}; at ${i} expected ${JSON.stringify(expected[i])}, got ${JSON.stringify(got[i])}`,
  ];
}

/** What the callback is to be given, without the words of failures. */
function resultsOf({ members, links, failure }: FlowFact, last: ReadonlyMap<string, SeenResult>) {
  const group = members.filter(({ stage }) => stage === links);
  const sorted = group.toSorted((a, b) => a.index - b.index);
  if (failure === 'failFast') return sorted.map(({ n }) => ({ n }));
  return sorted.map(({ id, n }) => {
    const state = last.get(id)?.state ?? 'unknown';
    return state === 'succeeded' ? { state, output: { n } } : { state };
  });
}

function bare(given: readonly Json[] = []): readonly unknown[] {
  return JSON.parse(
    JSON.stringify(given, (key, value: unknown) => (key === 'error' ? undefined : value)),
  ) as unknown[];
}
