import { type CanvasNode, eachTask, type Json, validateOutput } from '../contract/index.ts';

/** A flow's output as each task's schema has it. */
export function outputOf(node: CanvasNode, wire: Json): unknown {
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
