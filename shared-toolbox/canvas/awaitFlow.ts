import {
  eachTask,
  type Json,
  nodeOf,
  type CanvasNode,
  type Step,
  TaskFailedError,
  UnknownIdError,
  validateOutput,
} from '../contract/index.ts';
import { ROOT } from '../contract/index.ts';
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

/** Waits until a flow has ended, and gives what its last step returned, as the canvas has it. Throws as `awaitResult` does. */
export async function awaitFlow(
  options: AwaitEndOptions & CollectOptions & { readonly canvas: Step },
): Promise<unknown> {
  const { id, canvas } = options;
  const { state, error } = await awaitEnd(options);
  if (state !== 'succeeded')
    throw new TaskFailedError(id, state, error?.message ?? 'no reason is known');
  return outputOf(nodeOf(canvas), await readFlowOutput(options, id));
}

/** The output as each task's schema has it. */
function outputOf(node: CanvasNode, wire: Json): unknown {
  switch (node.kind) {
    case 'leaf': {
      if (node.options.ignoreResult) return null;
      const parsed = validateOutput(node.each ? eachTask(node.task) : node.task, wire);
      if (!parsed.ok) throw parsed.error;
      return parsed.value;
    }
    case 'chain': {
      const [last] = node.steps.slice(-1);
      return last && outputOf(last, wire);
    }
    case 'group': {
      const values = Array.isArray(wire) ? wire : [];
      return node.members.map((member, i) =>
        node.failure === 'allSettled'
          ? settledOf(member, values[i] ?? null)
          : outputOf(member, values[i] ?? null),
      );
    }
  }
}

function settledOf(member: CanvasNode, wire: Json): unknown {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return wire;
  if (wire['state'] !== 'succeeded') return wire;
  return { state: 'succeeded', output: outputOf(member, wire['output'] ?? null) };
}
