import {
  derivedTaskId,
  type Duration,
  type FlowPath,
  type Json,
  MESSAGE_VERSION,
  type TaskId,
  type TaskMessage,
} from '../contract/index.ts';
import { callTimes } from '../schedule/callTimes.ts';
import type { Flow } from '../table/index.ts';
import type { PlanLeaf } from './plan.ts';

/** The id of a flow's task: it follows from the flow and the place, so that whoever publishes it again publishes the same. */
export function leafId(flowId: TaskId, path: FlowPath, { task }: Pick<PlanLeaf, 'task'>): TaskId {
  return derivedTaskId(task.split('.')[0] ?? '', [flowId, path]);
}

export interface LeafRequest {
  readonly flow: Pick<Flow, 'id' | 'root' | 'creator'>;
  readonly path: FlowPath;
  readonly leaf: PlanLeaf;
  readonly input: Json;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The message of a flow's task. Pure. */
export function leafMessage({ flow, path, leaf, input, now }: LeafRequest): TaskMessage {
  const { task, each, group, lane, subject, ignoreResult, limits } = leaf;
  return {
    v: MESSAGE_VERSION,
    id: leafId(flow.id, path, leaf),
    task,
    input,
    group,
    lane,
    creator: leaf.creator ?? flow.creator,
    subject,
    parent: flow.id,
    root: flow.root,
    createdAt: now,
    ...timesOf(leaf, now),
    ...(each && { each }),
    ...(ignoreResult && { ignoreResult }),
    ...(limits && { limits }),
  };
}

/** The message of a flow's leaf: as above, and its end is the flow's business. */
export function memberMessage(request: LeafRequest): TaskMessage {
  return { ...leafMessage(request), flow: { id: request.flow.id, node: request.path } };
}

/** They were checked when the flow was started. */
function timesOf({ delay, eta, expires }: PlanLeaf, now: number) {
  const { problems: _checked, ...times } = callTimes(
    {
      ...(delay !== undefined && { delay: delay as Duration }),
      ...(eta !== undefined && { eta: new Date(eta) }),
      ...(expires !== undefined && {
        expires: typeof expires === 'number' ? new Date(expires) : (expires as Duration),
      }),
    },
    now,
  );
  return times;
}
