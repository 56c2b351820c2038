import { type Json, ROOT, TaskFailedError, UnknownIdError } from '../contract/index.ts';
import { awaitEnd, type AwaitEndOptions } from '../schedule/awaitEnd.ts';
import { readFlow } from '../table/index.ts';
import { collect, type CollectOptions } from './collect.ts';
import { readPlan } from './keepPlan.ts';

/** What a flow that has succeeded gives. Throws UnknownIdError, and what reads of large values throw. */
export async function readFlowOutput(
  options: CollectOptions,
  id: AwaitEndOptions['id'],
): Promise<Json> {
  const flow = await readFlow(options.table, id);
  if (!flow) throw new UnknownIdError(id);
  const plan = await readPlan(options.bucket, flow);
  return collect(options, { flowId: id, node: plan.root, path: ROOT });
}

/** As `awaitOutput`, of a flow: what its last step returned. */
export async function awaitFlowOutput(options: AwaitEndOptions & CollectOptions): Promise<Json> {
  const { id } = options;
  const { state, error } = await awaitEnd(options);
  if (state !== 'succeeded')
    throw new TaskFailedError(id, state, error?.message ?? 'no reason is known');
  return readFlowOutput(options, id);
}
