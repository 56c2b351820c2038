import type { ArtifactBucket } from '../artifacts/index.ts';
import { ROOT } from '../contract/index.ts';
import { putValue } from '../offload/index.ts';
import { confirmFlow, type Flow, type TaskTable } from '../table/index.ts';
import { readPlan } from './keepPlan.ts';
import { type Plan, type PlanNode, type PlanLeaf, childrenOf } from './plan.ts';
import { unfold } from './unfold.ts';

export interface ConfirmStartOptions {
  readonly table: TaskTable;
  readonly bucket: ArtifactBucket | undefined;
}

/**
 * Says that a flow's first tasks are out. Nobody publishes them again: the plan forgets their inputs, where these may hold secrets. Rejects when
 * table or bucket do; then it is begun and confirmed once more.
 */
export async function confirmStart(
  { table, bucket }: ConfirmStartOptions,
  flow: Flow,
): Promise<void> {
  const { id, planAt, secret } = flow;
  if (!secret) return confirmFlow(table, id);
  const text = JSON.stringify(withoutBegun(await readPlan(bucket, flow)));
  if (planAt === undefined || !bucket) return confirmFlow(table, id, { plan: text });
  await putValue(bucket, { key: planAt, text });
  await confirmFlow(table, id);
}

/** Whether the inputs of the first tasks may hold secrets. Pure. */
export function beginsWithSecrets({ root }: Plan): boolean {
  return unfold(root, ROOT).leaves.some(({ leaf }) => leaf.secret);
}

/** The plan without the inputs of the first tasks. Pure. */
export function withoutBegun(plan: Plan): Plan {
  const begun = new Set<PlanNode>(unfold(plan.root, ROOT).leaves.map(({ leaf }) => leaf));
  return { ...plan, root: forgetting(plan.root, begun) };
}

function forgetting(node: PlanNode, begun: ReadonlySet<PlanNode>): PlanNode {
  if (node.kind === 'leaf') return begun.has(node) ? forgotten(node) : node;
  const children = childrenOf(node).map((child) => forgetting(child, begun));
  return node.kind === 'chain' ? { ...node, steps: children } : { ...node, members: children };
}

function forgotten(leaf: PlanLeaf): PlanLeaf {
  return { ...leaf, feed: { kind: 'own', input: null } };
}
