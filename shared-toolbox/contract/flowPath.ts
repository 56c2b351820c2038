import { type TaskId, workerOfId } from './taskId.ts';

/**
 * Where a node stands in its flow: `r` is the whole, `s3` the fourth step of a chain, `e3` one that is the last, `m3` a member of a group
 * that fails fast, `a3` one of a group that lets all settle. The letters tell a worker what follows from a member's end
 * without reading the plan: of the 10,000 members of a chord, the last alone needs it.
 */
export type FlowPath = string;

export const ROOT: FlowPath = 'r';

const PATTERN = /^r(\.[sema]\d{1,5}){0,20}$/;

export function isFlowPath(text: string): boolean {
  return PATTERN.test(text);
}

/** Ids of flows have the form of tasks' ids, with this in place of the worker. */
export const FLOW_WORKER = 'flow';

export function isFlowId(id: TaskId): boolean {
  return workerOfId(id) === FLOW_WORKER;
}

export type Segment = 's' | 'e' | 'm' | 'a';

export function childPath(path: FlowPath, segment: Segment, index: number): FlowPath {
  return `${path}.${segment}${index}`;
}

/** Indexes from the root down. */
export function indexesOf(path: FlowPath): number[] {
  return path
    .split('.')
    .slice(1)
    .map((segment) => Number(segment.slice(1)));
}

/** What follows from a node's end. */
export type Consequence =
  /** A chain goes on with the step after this one. */
  | { readonly kind: 'next'; readonly chain: FlowPath; readonly done: number }
  /** A group has a member less to wait for. */
  | { readonly kind: 'member'; readonly group: FlowPath; readonly index: number }
  | { readonly kind: 'flow' };

/** What a node's success leads to. The last step of a chain is the chain's. */
export function afterSuccess(path: FlowPath): Consequence {
  const { parent, segment, index } = last(path);
  switch (segment) {
    case 'e':
      return afterSuccess(parent);
    case 's':
      return { kind: 'next', chain: parent, done: index };
    case 'm':
    case 'a':
      return { kind: 'member', group: parent, index };
    case 'r':
      return { kind: 'flow' };
  }
}

/** What a node's failure leads to: the innermost group around it that lets all settle counts it as ended, or the flow has failed. */
export function afterFailure(path: FlowPath): Exclude<Consequence, { readonly kind: 'next' }> {
  const { parent, segment, index } = last(path);
  if (segment === 'a') return { kind: 'member', group: parent, index };
  return segment === 'r' ? { kind: 'flow' } : afterFailure(parent);
}

/**
 * What ends early with a node's failure: the whole flow, or a member of a group that lets all settle. Paths of all that the node is in,
 * the whole first.
 */
export function scopesOf(path: FlowPath): FlowPath[] {
  const { parent, segment } = last(path);
  if (segment === 'r') return [ROOT];
  return segment === 'a' ? [...scopesOf(parent), path] : scopesOf(parent);
}

/** The innermost scope of a node. */
export function scopeOf(path: FlowPath): FlowPath {
  return scopesOf(path).at(-1) ?? ROOT;
}

function last(path: FlowPath) {
  const at = path.lastIndexOf('.');
  if (at === -1) return { parent: ROOT, segment: 'r', index: 0 } as const;
  const segment = path.charAt(at + 1) as Segment;
  return { parent: path.slice(0, at), segment, index: Number(path.slice(at + 2)) } as const;
}
