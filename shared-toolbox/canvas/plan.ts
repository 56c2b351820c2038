import { z } from 'zod';
import { limitsSchema } from '../contract/callLimits.ts';
import { type FlowPath, indexesOf, type Segment } from '../contract/index.ts';

const feedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('own'), input: z.json() }),
  z.object({ kind: z.literal('whole') }),
  z.object({ kind: z.literal('merged'), fixed: z.record(z.string(), z.json()) }),
  z.object({
    kind: z.literal('field'),
    field: z.string(),
    fixed: z.record(z.string(), z.json()),
  }),
]);

export type PlanFeed = z.output<typeof feedSchema>;

const instantOrDuration = z.union([z.number(), z.string()]);

const leafSchema = z.object({
  kind: z.literal('leaf'),
  /** Task name. */
  task: z.string(),
  retentionMs: z.number(),
  feed: feedSchema,
  each: z.literal(true).optional(),
  group: z.string().optional(),
  lane: z.string().optional(),
  creator: z.string().optional(),
  subject: z.string().optional(),
  ignoreResult: z.literal(true).optional(),
  /** Whether what is known of its input may hold secrets. */
  secret: z.literal(true).optional(),
  limits: limitsSchema.optional(),
  /** As the caller gave them: durations count from when the leaf is published; moments are milliseconds since 1970. */
  delay: z.string().optional(),
  eta: z.number().optional(),
  expires: instantOrDuration.optional(),
});

/** A task of a flow, as it will be published: everything that its contract says is in here, because who publishes it may not have that. */
export type PlanLeaf = Readonly<z.output<typeof leafSchema>>;

export interface PlanChain {
  readonly kind: 'chain';
  readonly steps: readonly PlanNode[];
}

export interface PlanGroup {
  readonly kind: 'group';
  readonly failure: 'failFast' | 'allSettled';
  readonly members: readonly PlanNode[];
}

/** A canvas as the table keeps it. */
export type PlanNode = PlanLeaf | PlanChain | PlanGroup;

const nodeSchema: z.ZodType<PlanNode> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    leafSchema,
    z.object({ kind: z.literal('chain'), steps: z.array(nodeSchema) }),
    z.object({
      kind: z.literal('group'),
      failure: z.enum(['failFast', 'allSettled']),
      members: z.array(nodeSchema),
    }),
  ]),
);

export const planSchema = z.object({
  root: nodeSchema,
  onSuccess: leafSchema.optional(),
  onFailure: leafSchema.optional(),
});

export type Plan = Readonly<z.output<typeof planSchema>>;

/** The node at a path. Throws RangeError for a path that the plan does not have: it is another's. */
export function nodeAt({ root }: Plan, path: FlowPath): PlanNode {
  let node: PlanNode | undefined = root;
  for (const index of indexesOf(path)) node = node && childrenOf(node)[index];
  if (!node) throw new RangeError(`the flow has no node ${path}`);
  return node;
}

export function childrenOf(node: PlanNode): readonly PlanNode[] {
  if (node.kind === 'leaf') return [];
  return node.kind === 'chain' ? node.steps : node.members;
}

/** How paths name the child of a node. */
export function segmentOf(node: PlanChain | PlanGroup, index: number): Segment {
  if (node.kind === 'chain') return index === node.steps.length - 1 ? 'e' : 's';
  return node.failure === 'allSettled' ? 'a' : 'm';
}
