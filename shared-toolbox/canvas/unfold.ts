import { childPath, type FlowPath } from '../contract/index.ts';
import { childrenOf, type PlanLeaf, type PlanNode, segmentOf } from './plan.ts';

/** What it takes to enter a node: the groups to wait for, then the tasks to publish; and the nodes that ended at once. */
export interface Unfolded {
  readonly groups: { readonly path: FlowPath; readonly size: number }[];
  readonly leaves: { readonly path: FlowPath; readonly leaf: PlanLeaf }[];
  /** Groups without members: they have succeeded. */
  readonly ended: FlowPath[];
}

/** Everything that begins when a node does. Of a chain that is its first step alone. Pure. */
export function unfold(node: PlanNode, path: FlowPath): Unfolded {
  const unfolded: Unfolded = { groups: [], leaves: [], ended: [] };
  enter(node, path, unfolded);
  return unfolded;
}

function enter(node: PlanNode, path: FlowPath, unfolded: Unfolded): void {
  if (node.kind === 'leaf') {
    unfolded.leaves.push({ path, leaf: node });
    return;
  }
  const children = childrenOf(node);
  if (node.kind === 'group' && children.length === 0) unfolded.ended.push(path);
  else if (node.kind === 'group') unfolded.groups.push({ path, size: children.length });
  const begun = node.kind === 'chain' ? children.slice(0, 1) : children;
  for (const [i, child] of begun.entries()) {
    enter(child, childPath(path, segmentOf(node, i), i), unfolded);
  }
}
