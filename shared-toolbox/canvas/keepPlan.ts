import { createHash } from 'node:crypto';
import type { ArtifactBucket } from '../artifacts/index.ts';
import {
  BucketMissingError,
  FLOW_WORKER,
  LARGEST_VALUE_BYTES,
  OFFLOAD_ABOVE_BYTES,
  offloadDays,
  offloadPrefix,
  StoredValueError,
  type TaskId,
  TooLargeError,
} from '../contract/index.ts';
import { putValue, readValue } from '../offload/index.ts';
import type { Flow } from '../table/index.ts';
import { type Plan, type PlanNode, childrenOf, planSchema } from './plan.ts';

/** An item takes 400 KB; the rest is for what is beside the plan. */
const LARGEST_ITEM_BYTES = 350_000;

/** Where a plan goes: into the flow's item, or a large one into the bucket first. Throws TooLargeError; rejects with the SDK's errors. */
export async function keepPlan(
  bucket: ArtifactBucket | undefined,
  id: TaskId,
  plan: Plan,
): Promise<Pick<Flow, 'plan' | 'planAt' | 'retentionMs'>> {
  const text = JSON.stringify(plan);
  const sizeBytes = Buffer.byteLength(text);
  const retentionMs = longestRetentionMs(plan);
  const mostBytes = bucket ? LARGEST_VALUE_BYTES : LARGEST_ITEM_BYTES;
  if (sizeBytes > mostBytes) {
    const hint = bucket ? '' : '; with a `bucket`, createScheduler takes more';
    throw new TooLargeError('the canvas', sizeBytes, mostBytes, hint);
  }
  if (!bucket || sizeBytes <= OFFLOAD_ABOVE_BYTES) return { plan: text, retentionMs };
  const planAt = planKey(id, text, retentionMs);
  await putValue(bucket, { key: planAt, text });
  return { planAt, retentionMs };
}

/** Two calls with one key may bring two plans: the one that comes second must not lie where the first is read. */
function planKey(id: TaskId, text: string, retentionMs: number): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${offloadPrefix(offloadDays({ retentionMs }))}${FLOW_WORKER}/${id}/${hash}/input.json`;
}

/** Throws StoredValueError when it is gone for good; rejects when the bucket does. */
export async function readPlan(bucket: ArtifactBucket | undefined, flow: Flow): Promise<Plan> {
  const { id, plan, planAt } = flow;
  if (plan !== undefined) return planSchema.parse(JSON.parse(plan));
  if (planAt === undefined) throw new StoredValueError(id, 'plan', 'is gone');
  if (!bucket) throw new BucketMissingError(id, 0);
  return planSchema.parse(await readValue(bucket, { id, part: 'input', key: planAt }));
}

function longestRetentionMs({ root, onSuccess, onFailure }: Plan): number {
  const nodes = [root, onSuccess, onFailure].filter((node) => node !== undefined);
  return nodes.reduce((most, node) => Math.max(most, longestBelow(node)), MINUTE_MS);
}

const MINUTE_MS = 60_000;

function longestBelow(node: PlanNode): number {
  if (node.kind === 'leaf') return node.retentionMs;
  return childrenOf(node).reduce((most, child) => Math.max(most, longestBelow(child)), 0);
}
