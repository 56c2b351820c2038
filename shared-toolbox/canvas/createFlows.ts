import type { ArtifactBucket } from '../artifacts/index.ts';
import type { Clock } from '../clock.ts';
import {
  afterFailure,
  afterSuccess,
  type Consequence,
  childPath,
  type FlowPath,
  isTerminal,
  type Json,
  ROOT,
  scopeOf,
  type TaskId,
  type TaskResultRecord,
} from '../contract/index.ts';
import {
  createJoin,
  endFlow,
  type Flow,
  type FlowFailed,
  noteTold,
  putStop,
  readFlow,
  removeMember,
  type TaskTable,
} from '../table/index.ts';
import { collect } from './collect.ts';
import { inputOf, needsBefore } from './inputOf.ts';
import { leafId, leafMessage, memberMessage } from './leafMessage.ts';
import { readPlan } from './keepPlan.ts';
import { isForGood, type Post } from './post.ts';
import { nodeAt, type Plan, type PlanLeaf, type PlanNode, segmentOf } from './plan.ts';
import { PlanCache } from './planCache.ts';
import { unfold } from './unfold.ts';

export interface FlowsOptions {
  readonly table: TaskTable;
  readonly bucket: ArtifactBucket | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly post: Post;
}

/** Carries flows on. Everything here can be done again at any time, by anybody who does not know whether it was done. */
export interface Flows {
  /** Publishes a flow's first tasks. Rejects when table, bucket or topic do. */
  begin(flow: Flow): Promise<void>;
  /** Does what follows from a task's end; nothing for one that has not ended. Rejects when table, bucket or topic do. */
  advance(at: FlowPlace, record: TaskResultRecord | undefined): Promise<void>;
}

/** A task's place, as its message says. */
export interface FlowPlace {
  readonly id: TaskId;
  readonly node: FlowPath;
}

export function createFlows(options: FlowsOptions): Flows {
  const engine = new Engine(options);
  return {
    begin: async (flow) =>
      engine.orGivenUp({ id: flow.id, node: ROOT }, async () => engine.begin(flow)),
    advance: async (at, record) => {
      if (!record || !isTerminal(record.state)) return;
      const { state, error = { name: 'Error', message: 'no reason is known' } } = record;
      const { name, message } = error;
      await engine.orGivenUp(at, async () =>
        state === 'succeeded'
          ? engine.follow(at.id, afterSuccess(at.node))
          : engine.fail(at.id, {
              node: at.node,
              taskId: record.id,
              state,
              error: { name, message },
            }),
      );
    },
  };
}

/** How long what is known of a group is kept: longer than tasks wait as a rule, and than anybody looks at it. */
const JOIN_KEPT_SECONDS = 400 * 86_400;

/** Messages that are handed to the topic at the same time. */
const TOGETHER = 500;

class Engine {
  readonly #options: FlowsOptions;
  readonly #plans: PlanCache;

  constructor(options: FlowsOptions) {
    this.#options = options;
    this.#plans = new PlanCache(async (flow) => readPlan(options.bucket, flow));
  }

  /** A flow whose plan is gone for good has failed. */
  async orGivenUp({ id, node }: FlowPlace, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      if (!isForGood(thrown)) throw thrown;
      const { table, clock } = this.#options;
      const flow = await readFlow(table, id);
      const { name, message } = thrown;
      const failure = { node, taskId: id, state: 'failed', error: { name, message } } as const;
      if (flow) await endFlow(table, flow, { state: 'failed', failure, now: clock.now() });
    }
  }

  async begin(flow: Flow): Promise<void> {
    const plan = await this.#plans.of(flow);
    await this.#enter(flow, plan, { node: plan.root, path: ROOT, before: async () => null });
  }

  async follow(id: TaskId, consequence: Consequence): Promise<void> {
    const { table } = this.#options;
    if (consequence.kind === 'member') {
      const { group, index } = consequence;
      if (!(await removeMember(table, { flow: id, group }, index))) return;
      return this.follow(id, afterSuccess(group));
    }
    const flow = await readFlow(table, id);
    if (!flow) return;
    if (consequence.kind === 'flow') return this.#succeed(flow);
    return isTerminal(flow.state) ? this.#tellAgain(flow) : this.#next(flow, consequence);
  }

  /** What a failure leads to: nothing of its scope begins any more; a group that lets all settle has a member less to wait for. */
  async fail(id: TaskId, failure: FlowFailed, { isUnpublished = false } = {}): Promise<void> {
    const { node, error } = failure;
    const consequence = afterFailure(node);
    if (consequence.kind === 'flow') return this.#failFlow(id, failure);
    const scope = scopeOf(node);
    // A task that is itself the member, and a chain of tasks, have nothing else under way.
    const hasOthers = node.slice(scope.length).includes('.m');
    if (hasOthers || isUnpublished) {
      await this.#stop(id, scope, {
        ...(isUnpublished && { error }),
        by: `the failure of ${node}`,
      });
    }
    return this.follow(id, consequence);
  }

  async #next(flow: Flow, { chain, done }: Extract<Consequence, { kind: 'next' }>): Promise<void> {
    const plan = await this.#plans.of(flow);
    const parent = nodeAt(plan, chain);
    if (parent.kind !== 'chain') throw new RangeError(`the flow has no chain ${chain}`);
    const at = (i: number) => childPath(chain, segmentOf(parent, i), i);
    const [from, to] = [parent.steps[done], parent.steps[done + 1]];
    if (!from || !to) throw new RangeError(`the flow has no step after ${at(done)}`);
    const before = async () =>
      collect(this.#options, { flowId: flow.id, node: from, path: at(done) });
    await this.#enter(flow, plan, { node: to, path: at(done + 1), before });
  }

  async #enter(flow: Flow, plan: Plan, { node, path, before }: Entering): Promise<void> {
    const { table, clock } = this.#options;
    const { groups, leaves, ended } = unfold(node, path);
    const isNeeded = leaves.some(({ leaf }) => needsBefore(leaf.feed));
    const given = isNeeded ? await this.#orFailed(flow, plan, path, before) : null;
    if (given === FAILED) return;
    const expiresAt = Math.ceil(clock.now() / 1_000) + JOIN_KEPT_SECONDS;
    for (const { path: group, size } of groups) {
      await createJoin(table, { flow: flow.id, group }, { size, expiresAt });
    }
    for (let start = 0; start < leaves.length; start += TOGETHER) {
      const some = leaves.slice(start, start + TOGETHER);
      await Promise.all(some.map(async (leaf) => this.#publish(flow, plan, { ...leaf, given })));
    }
    for (const group of ended) await this.follow(flow.id, afterSuccess(group));
  }

  async #publish(
    flow: Flow,
    plan: Plan,
    {
      path,
      leaf,
      given,
    }: { readonly path: FlowPath; readonly leaf: PlanLeaf; readonly given: Json },
  ): Promise<void> {
    await this.#orFailed(flow, plan, path, async () => {
      const input = inputOf(leaf.feed, given);
      if (!input.ok) throw input.error;
      const now = this.#options.clock.now();
      await this.#options.post(leaf, memberMessage({ flow, path, leaf, input: input.value, now }));
      return null;
    });
  }

  /** What can never be done is the failure of the node; anything else rejects, and is done again. */
  async #orFailed(
    flow: Flow,
    plan: Plan,
    path: FlowPath,
    act: () => Promise<Json>,
  ): Promise<Json | typeof FAILED> {
    try {
      return await act();
    } catch (thrown) {
      if (!isForGood(thrown)) throw thrown;
      const { name, message } = thrown;
      const failure = { node: path, taskId: idAt(flow, plan, path), state: 'failed' } as const;
      const isUnpublished = true;
      await this.fail(flow.id, { ...failure, error: { name, message } }, { isUnpublished });
      return FAILED;
    }
  }

  async #succeed(flow: Flow): Promise<void> {
    const { table, clock } = this.#options;
    await endFlow(table, flow, { state: 'succeeded', now: clock.now() });
    const ended = await readFlow(table, flow.id);
    if (ended?.state !== 'succeeded' || ended.told) return;
    const plan = await this.#plans.of(ended);
    if (!plan.onSuccess) return;
    const given = needsBefore(plan.onSuccess.feed)
      ? await collect(this.#options, { flowId: flow.id, node: plan.root, path: ROOT })
      : null;
    await this.#tell(ended, { path: 'onSuccess', leaf: plan.onSuccess, given });
    await noteTold(table, flow.id);
  }

  async #failFlow(id: TaskId, failure: FlowFailed): Promise<void> {
    const { table, clock } = this.#options;
    const flow = await readFlow(table, id);
    if (!flow) return;
    if (!isTerminal(flow.state)) {
      await endFlow(table, flow, { state: 'failed', failure, now: clock.now() });
    }
    const ended = isTerminal(flow.state) ? flow : await readFlow(table, id);
    if (ended?.state !== 'failed' || ended.told || !ended.failure) return;
    await this.#stop(id, ROOT, { by: `the failure of ${ended.failure.node}` });
    const { onFailure } = await this.#plans.of(ended);
    const given = { flowId: id, ...ended.failure };
    if (onFailure) await this.#tell(ended, { path: 'onFailure', leaf: onFailure, given });
    // Whoever fails later has nothing to do.
    await noteTold(table, id);
  }

  /** A step that nobody is to publish ends its flow; who did that may have died before the callback was out. */
  async #tellAgain(flow: Flow): Promise<void> {
    if (flow.told) return;
    if (flow.state === 'succeeded') await this.#succeed(flow);
    if (flow.state === 'failed' && flow.failure) await this.#failFlow(flow.id, flow.failure);
  }

  async #tell(
    flow: Flow,
    { path, leaf, given }: { readonly path: string; readonly leaf: PlanLeaf; readonly given: Json },
  ): Promise<void> {
    const { clock, post } = this.#options;
    const input = inputOf(leaf.feed, given);
    // The compiler saw to it that they fit; what does not is for the task itself to refuse.
    const value = input.ok ? input.value : given;
    await post(leaf, leafMessage({ flow, path, leaf, input: value, now: clock.now() }));
  }

  async #stop(
    flow: TaskId,
    scope: FlowPath,
    why: { readonly by: string; readonly error?: FlowFailed['error'] },
  ): Promise<void> {
    const { table, clock } = this.#options;
    const at = clock.now();
    const expiresAt = Math.ceil(at / 1_000) + JOIN_KEPT_SECONDS;
    await putStop(table, { flow, scope }, { ...why, at, expiresAt });
  }
}

const FAILED = Symbol('failed');

interface Entering {
  readonly node: PlanNode;
  readonly path: FlowPath;
  /** What the step before returned; read only when somebody needs it. */
  readonly before: () => Promise<Json>;
}

/** The task at a path, for people: the first of a node that is more than one. */
function idAt(flow: Flow, plan: Plan, path: FlowPath): TaskId {
  const [first] = unfold(nodeAt(plan, path), path).leaves;
  return first ? leafId(flow.id, first.path, first.leaf) : flow.id;
}
