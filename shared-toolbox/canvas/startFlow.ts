import type { Clock } from '../clock.ts';
import {
  derivedTaskId,
  FLOW_WORKER,
  newTaskId,
  type TaskId,
  TooLargeError,
} from '../contract/index.ts';
import type { Origin } from '../schedule/buildMessage.ts';
import { tableFailure } from '../schedule/tableFailure.ts';
import { type Flow, putFlow } from '../table/index.ts';
import type { Flows, FlowsOptions } from './createFlows.ts';
import { beginsWithSecrets, confirmStart } from './confirmStart.ts';
import { keepPlan } from './keepPlan.ts';
import type { Plan } from './plan.ts';

export interface StartFlowOptions extends Pick<FlowsOptions, 'table' | 'bucket'> {
  readonly flows: Flows;
  readonly clock: Pick<Clock, 'now' | 'randomBytes'>;
}

/** A flow that is checked, as plain data. */
export interface PlannedFlow {
  readonly plan: Plan;
  readonly creator: string | undefined;
  readonly subject: string | undefined;
  readonly idempotencyKey: string | undefined;
  /** Whose child it is. */
  readonly origin: Origin | undefined;
}

/** After this time the platform looks whether the first tasks of a flow are out. */
const STARTED_WITHIN_MS = 30_000;

/** Starts a flow: see `Start`. Resolves to its id. */
export async function startFlow(
  options: StartFlowOptions,
  { plan, origin, creator, subject, idempotencyKey }: PlannedFlow,
): Promise<TaskId> {
  const { table, clock } = options;
  const id =
    idempotencyKey === undefined
      ? newTaskId(FLOW_WORKER, clock)
      : derivedTaskId(FLOW_WORKER, [idempotencyKey]);
  const now = clock.now();
  const flow = await acknowledged(id, async () => {
    const kept = await keepPlan(options.bucket, id, plan);
    const made: Flow = {
      ...kept,
      v: 1,
      id,
      state: 'queued',
      ...(beginsWithSecrets(plan) && { secret: true }),
      creator,
      subject,
      parent: origin?.id,
      root: origin?.root ?? id,
      createdAt: now,
    };
    // One that is there already, by its key, is carried on by whoever started it, or by the platform.
    const isNew = await putFlow(table, made, now + STARTED_WITHIN_MS);
    return isNew ? made : { ...made, state: 'running' };
  });
  if (flow.state === 'queued') await beginNow(options, flow);
  return id;
}

/** From here on the flow is not lost: what fails now, the platform does in a moment. */
async function beginNow(options: StartFlowOptions, flow: Flow): Promise<void> {
  try {
    await options.flows.begin(flow);
    await confirmStart(options, flow);
  } catch {
    // Nobody is to start it once more: it is accepted.
  }
}

/** Rejects when nothing was accepted; unless an answer was lost: then the flow may run all the same, as with a task. */
async function acknowledged(id: TaskId, keep: () => Promise<Flow>): Promise<Flow> {
  try {
    return await keep();
  } catch (cause) {
    throw cause instanceof TooLargeError ? cause : tableFailure(id, cause);
  }
}
