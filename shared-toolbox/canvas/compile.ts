import type { Clock } from '../clock.ts';
import {
  type CanvasNode,
  childPath,
  type FieldProblem,
  type Fleet,
  type FlowPath,
  nodeOf,
  ROOT,
  type StartOptions,
  type Step,
  UnknownTaskError,
  ValidationError,
} from '../contract/index.ts';
import type { Lanes } from '../schedule/lanes.ts';
import { type CanvasLeaf, compileLeaf } from './compileLeaf.ts';
import { type Plan, type PlanLeaf, type PlanNode, segmentOf } from './plan.ts';

export interface CompileOptions {
  readonly clock: Pick<Clock, 'now' | 'randomBytes'>;
  /** Of the scheduler that asks. */
  readonly lanes: Pick<Lanes, 'laneOf'>;
  /** Tasks that there are. Left out: whatever is a task counts. */
  readonly fleet?: Fleet | undefined;
}

/** Paths have so many places, and nobody reads more. */
const DEEPEST = 20;

/** Members of one group: its join items hold this many without a second write unit each. */
export const MOST_MEMBERS = 10_000;

/** The plan of a canvas. Throws UnknownTaskError, and ValidationError naming every node that is wrong. Pure but for the clock. */
export function compile(
  options: CompileOptions,
  canvas: Step,
  { onSuccess, onFailure }: Pick<StartOptions, 'onSuccess' | 'onFailure'>,
): Plan {
  const compiler = new Compiler(options);
  const root = compiler.node(nodeOf(canvas), ROOT, []);
  const plan = {
    root: root ?? NOTHING,
    ...(onSuccess && { onSuccess: compiler.callback(nodeOf(onSuccess), 'onSuccess') }),
    ...(onFailure && { onFailure: compiler.callback(nodeOf(onFailure), 'onFailure') }),
  };
  if (root && needsMore(root)) {
    compiler.problem(
      ROOT,
      'expected a first step with an input of its own: signature(task, input)',
    );
  }
  const [first, ...rest] = compiler.problems;
  if (first) throw new ValidationError('canvas', [first, ...rest]);
  return plan;
}

const NOTHING: PlanNode = { kind: 'chain', steps: [] };

/** Whether a node's first tasks take what was returned before. */
function needsMore(node: PlanNode): boolean {
  if (node.kind === 'leaf') return node.feed.kind !== 'own';
  const first = node.kind === 'chain' ? node.steps.slice(0, 1) : node.members;
  return first.some(needsMore);
}

class Compiler {
  readonly problems: FieldProblem[] = [];
  readonly #options: CompileOptions;

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  problem(path: FlowPath, message: string): undefined {
    this.problems.push({ field: path, message });
    return undefined;
  }

  /** undefined after a problem. */
  node(node: CanvasNode, path: FlowPath, around: readonly unknown[]): PlanNode | undefined {
    if (around.includes(node))
      return this.problem(path, 'expected no cycle: this node is in itself');
    if (around.length > DEEPEST)
      return this.problem(path, `is nested more than ${DEEPEST} levels deep`);
    switch (node?.kind) {
      case 'leaf':
        return this.#leaf(node, path);
      case 'chain': {
        const steps = this.#children(node, node.steps, { path, around });
        if (steps.length > 0) return { kind: 'chain', steps };
        return this.problem(path, 'expected at least one step in a chain');
      }
      case 'group':
        return this.#group(node, path, around);
      default:
        return this.problem(path, 'expected a task or a canvas');
    }
  }

  callback(node: CanvasNode, name: string): PlanLeaf | undefined {
    if (node?.kind === 'leaf') return this.#leaf(node, name);
    return this.problem(name, 'expected one task: step(task), partial, into or signature');
  }

  #group(
    node: Extract<CanvasNode, { kind: 'group' }>,
    path: FlowPath,
    around: readonly unknown[],
  ): PlanNode | undefined {
    const { members, failure } = node;
    if (members.length > MOST_MEMBERS) {
      const expected = `expected at most ${MOST_MEMBERS} members in a group`;
      return this.problem(path, `${expected}, got ${members.length}; chunks() takes more`);
    }
    return { kind: 'group', failure, members: this.#children(node, members, { path, around }) };
  }

  #children(
    node: Exclude<CanvasNode, CanvasLeaf>,
    children: readonly CanvasNode[],
    { path, around }: { readonly path: FlowPath; readonly around: readonly unknown[] },
  ): PlanNode[] {
    const shape =
      node.kind === 'chain'
        ? { kind: node.kind, steps: children.map(() => NOTHING) }
        : { ...node, members: [] };
    return children.flatMap((child, i) => {
      const own = childPath(path, segmentOf(shape, i), i);
      return this.node(child, own, [...around, node]) ?? [];
    });
  }

  #leaf(node: CanvasLeaf, path: FlowPath): PlanLeaf | undefined {
    try {
      return compileLeaf(this.#options, node);
    } catch (error) {
      if (error instanceof UnknownTaskError) throw error;
      return this.problem(path, error instanceof Error ? error.message : String(error));
    }
  }
}
