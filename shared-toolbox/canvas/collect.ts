import type { ArtifactBucket } from '../artifacts/index.ts';
import {
  childPath,
  type FlowPath,
  isTerminal,
  type Json,
  type TaskId,
  type TaskRecord,
} from '../contract/index.ts';
import { readOutput } from '../offload/index.ts';
import { readStop, readTasks, type TaskTable } from '../table/index.ts';
import { leafId } from './leafMessage.ts';
import { childrenOf, type PlanChain, type PlanGroup, type PlanNode, segmentOf } from './plan.ts';

export interface CollectOptions {
  readonly table: TaskTable;
  readonly bucket: ArtifactBucket | undefined;
}

interface Place {
  readonly flowId: TaskId;
  readonly node: PlanNode;
  readonly path: FlowPath;
}

/**
 * What a node returned that has succeeded: of a chain the last step's, of a group the list, in the order of its members. Read from the
 * tasks' own records, so that nothing is kept twice. Rejects when table or bucket do.
 */
export async function collect(options: CollectOptions, place: Place): Promise<Json> {
  const records = await readLeaves(options, givers(place));
  return valueOf({ ...options, flowId: place.flowId, records }, place.node, place.path);
}

interface Leaf {
  readonly id: TaskId;
  readonly path: FlowPath;
}

/** The tasks whose ends say whether a node has succeeded, and with what. Pure. */
function givers({ flowId, node, path }: Place): Leaf[] {
  return leavesBelow(flowId, node, path, lastWithTasks);
}

/** All tasks of a node, in order. */
export function leavesOf({ flowId, node, path }: Place): Leaf[] {
  return leavesBelow(flowId, node, path, () => 0);
}

/** The last step of a chain that has tasks: groups without members succeed whatever was before them. */
function lastWithTasks({ steps }: PlanChain): number {
  return Math.max(0, steps.findLastIndex(hasTasks));
}

function hasTasks(node: PlanNode): boolean {
  return node.kind === 'leaf' || childrenOf(node).some(hasTasks);
}

function leavesBelow(
  flowId: TaskId,
  node: PlanNode,
  path: FlowPath,
  from: (chain: PlanChain) => number,
): Leaf[] {
  if (node.kind === 'leaf') return [{ id: leafId(flowId, path, node), path }];
  const first = node.kind === 'chain' ? from(node) : 0;
  return childrenOf(node).flatMap((child, i) =>
    i < first ? [] : leavesBelow(flowId, child, childPath(path, segmentOf(node, i), i), from),
  );
}

type Records = ReadonlyMap<TaskId, TaskRecord>;

async function readLeaves({ table }: CollectOptions, leaves: readonly Leaf[]): Promise<Records> {
  const ids = leaves.map(({ id }) => id);
  const records = await readTasks(table, ids);
  return new Map(records.flatMap((record) => (record ? [[record.id, record] as const] : [])));
}

interface Collecting extends CollectOptions {
  readonly flowId: TaskId;
  readonly records: Records;
}

/** Thrown inside when a member has not succeeded: its group, if it lets all settle, looks why. */
class NoValue extends Error {}

async function valueOf(collecting: Collecting, node: PlanNode, path: FlowPath): Promise<Json> {
  switch (node.kind) {
    case 'leaf': {
      const record = collecting.records.get(leafId(collecting.flowId, path, node));
      if (record?.state !== 'succeeded') throw new NoValue(`${path} has not succeeded`);
      return (await readOutput(collecting.bucket, record)) ?? null;
    }
    case 'chain': {
      let value: Json = null;
      for (let i = lastWithTasks(node); i < node.steps.length; i += 1) {
        const own = childPath(path, segmentOf(node, i), i);
        value = await valueOf(collecting, node.steps[i] ?? node, own);
      }
      return value;
    }
    case 'group':
      return membersOf(collecting, node, path);
  }
}

/** Large outputs that are read from the bucket at the same time. */
const TOGETHER = 20;

async function membersOf(collecting: Collecting, node: PlanGroup, path: FlowPath): Promise<Json[]> {
  const values: Json[] = [];
  for (let start = 0; start < node.members.length; start += TOGETHER) {
    const some = node.members.slice(start, start + TOGETHER);
    const settled = some.map(async (member, i) => {
      const own = childPath(path, segmentOf(node, start + i), start + i);
      return node.failure === 'allSettled'
        ? settledOf(collecting, member, own)
        : valueOf(collecting, member, own);
    });
    values.push(...(await Promise.all(settled)));
  }
  return values;
}

async function settledOf(collecting: Collecting, node: PlanNode, path: FlowPath): Promise<Json> {
  try {
    return { state: 'succeeded', output: await valueOf(collecting, node, path) };
  } catch (error) {
    if (error instanceof NoValue) return whyNot(collecting, node, path);
    throw error;
  }
}

const UNKNOWN = { name: 'Error', message: 'no reason is known' };

/** How a member failed: its first task that did not succeed, or the reason why a step of it was never published. */
async function whyNot(collecting: Collecting, node: PlanNode, path: FlowPath): Promise<Json> {
  const { table, flowId } = collecting;
  const leaves = leavesOf({ flowId, node, path });
  const records = await readLeaves(collecting, leaves);
  const ended = leaves
    .flatMap(({ id }) => records.get(id) ?? [])
    .filter(({ state }) => isTerminal(state) && state !== 'succeeded');
  // Those that were skipped on its account may stand before the one that failed.
  const bad = ended.find(({ state }) => state !== 'cancelled') ?? ended[0];
  if (bad) {
    const { name, message } = bad.error ?? UNKNOWN;
    return { state: bad.state, error: { name, message } };
  }
  const stop = await readStop(table, { id: flowId, node: path }, [path]);
  // Neither: it was never begun, because something before it in a chain has failed.
  if (!stop?.error) throw new NoValue(`${path} has not ended`);
  return { state: 'failed', error: stop.error };
}
