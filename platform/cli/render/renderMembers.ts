import { indexesOf, type TaskId, type TaskRecord } from '@taskfleet/toolbox/contract';
import type { Output } from '../deps.ts';
import { paintState } from './paint.ts';
import { type Cell, renderTable } from './renderTable.ts';

const HEADING = ['NODE', 'TASK', 'STATE', 'ID'] as const;

/** The tasks of a flow in the order of the canvas, indented by their place in it. */
export function renderMembers(stream: Output, flow: TaskId, family: readonly TaskRecord[]): string {
  const rows = family
    .flatMap(({ flow: place, ...record }) =>
      place?.id === flow ? [{ ...record, node: place.node }] : [],
    )
    .toSorted((a, b) => byPlace(indexesOf(a.node), indexesOf(b.node)))
    .map(({ node, task, state, id }): readonly Cell[] => [
      { text: `${'  '.repeat(Math.max(0, indexesOf(node).length - 1))}${node}` },
      { text: task ?? '' },
      { text: state, paint: (text) => paintState(stream, state, text) },
      { text: id },
    ]);
  return rows.length === 0 ? 'no tasks yet' : renderTable(HEADING, rows);
}

function byPlace(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((index, i) => index !== b[i]);
  return differs === -1 ? a.length - b.length : (a[differs] ?? 0) - (b[differs] ?? -1);
}
