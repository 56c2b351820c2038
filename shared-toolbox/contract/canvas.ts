import type { AnyTask, InputOf, OutputOf, ReturnOf } from './task.ts';
import type { StepOptions } from './startOptions.ts';

/** What a leaf of a canvas is given: its own input, or what the step before returned, in one of these ways. */
export type Feed =
  /** This, whatever was returned before. */
  | { readonly kind: 'own'; readonly input: unknown }
  /** What was returned before. */
  | { readonly kind: 'whole' }
  /** What was returned before, with these fields over it. */
  | { readonly kind: 'merged'; readonly fixed: object }
  /** What was returned before in this field, beside the fixed ones. */
  | { readonly kind: 'field'; readonly field: string; readonly fixed: object };

/** What the first failed member of a group does. */
export type FailureRule = 'failFast' | 'allSettled';

/** A canvas as data. */
export type CanvasNode =
  | {
      readonly kind: 'leaf';
      readonly task: AnyTask;
      readonly feed: Feed;
      /** The input is a list, which one attempt handles in order. */
      readonly each: boolean;
      readonly options: StepOptions;
    }
  | { readonly kind: 'chain'; readonly steps: readonly CanvasNode[] }
  | {
      readonly kind: 'group';
      readonly members: readonly CanvasNode[];
      readonly failure: FailureRule;
    };

/**
 * Tasks and how they follow each other: immutable, made once and started as often as wanted. `In` is what it needs of the step before
 * (`unknown`: nothing), `Wire` what it gives the next one, `Out` what `handle.result()` resolves to.
 */
export interface Canvas<in In = never, out Wire = unknown, out Out = unknown> {
  readonly node: CanvasNode;
  /** For the compiler only. */
  readonly flows?: (input: In) => { readonly wire: Wire; readonly out: Out };
}

/** A task by itself takes what the step before returned as its input. */
export type Step = AnyTask | Canvas;

/** What a step needs of the one before. */
export type NeedsOf<S> = S extends AnyTask ? InputOf<S> : S extends Canvas<infer In> ? In : never;

/** What a step gives the next one. A task that returns nothing gives null. */
export type WireOf<S> = S extends AnyTask
  ? Wired<ReturnOf<S>>
  : S extends Canvas<never, infer Wire>
    ? Wire
    : never;

/** What a caller gets of a step. */
export type OutOf<S> = S extends AnyTask
  ? OutputOf<S>
  : S extends Canvas<never, unknown, infer Out>
    ? Out
    : never;

type Wired<T> = [T] extends [void] ? null : T;

/** Stands in an error of the compiler where two steps do not fit. */
export interface Mismatch<Given, Needed> {
  readonly 'what the step before gives': Given;
  readonly 'what this step needs': Needed;
}

type Fits<Given, S> = [Given] extends [NeedsOf<S>] ? S : Mismatch<Given, NeedsOf<S>>;

type Linked<S extends readonly unknown[]> = S extends readonly [
  infer First,
  infer Second,
  ...infer Rest,
]
  ? [First, ...LinkedAfter<First, [Second, ...Rest]>]
  : S;

type LinkedAfter<Before, S extends readonly unknown[]> = S extends readonly [
  infer First,
  ...infer Rest,
]
  ? [Fits<WireOf<Before>, First>, ...LinkedAfter<First, Rest>]
  : [];

type Last<S extends readonly unknown[]> = S extends readonly [...unknown[], infer L] ? L : never;

/** What all members together need: they are given the same. */
type AllNeeds<S> = (S extends unknown ? (input: NeedsOf<S>) => void : never) extends (
  input: infer In,
) => void
  ? In
  : never;

type Ignored<O, T> = O extends { readonly ignoreResult: true } ? null : T;

/** A task with its input, whatever the step before returns. */
export function signature<T extends AnyTask, const O extends StepOptions = StepOptions>(
  task: T,
  input: InputOf<T>,
  options?: O,
): Canvas<unknown, Ignored<O, Wired<ReturnOf<T>>>, Ignored<O, OutputOf<T>>> {
  return leaf(task, { kind: 'own', input }, options);
}

/** A task that takes what the step before returned as its input; the same as the task by itself, with options. */
export function step<T extends AnyTask, const O extends StepOptions = StepOptions>(
  task: T,
  options?: O,
): Canvas<InputOf<T>, Ignored<O, Wired<ReturnOf<T>>>, Ignored<O, OutputOf<T>>> {
  return leaf(task, { kind: 'whole' }, options);
}

/** A task whose input is what the step before returned, with these fields over it. */
export function partial<
  T extends AnyTask,
  const Fixed extends Partial<InputOf<T>>,
  const O extends StepOptions = StepOptions,
>(
  task: T,
  fixed: Fixed,
  options?: O,
): Canvas<Omit<InputOf<T>, keyof Fixed>, Ignored<O, Wired<ReturnOf<T>>>, Ignored<O, OutputOf<T>>> {
  return leaf(task, { kind: 'merged', fixed }, options);
}

/** A task that takes what the step before returned, such as a group's list, in one field of its input; the other fields are fixed. */
export function into<
  T extends AnyTask,
  const Field extends keyof InputOf<T> & string,
  const O extends StepOptions = StepOptions,
>(
  task: T,
  field: Field,
  ...[fixed, options]: FixedRest<InputOf<T>, Field, O>
): Canvas<InputOf<T>[Field], Ignored<O, Wired<ReturnOf<T>>>, Ignored<O, OutputOf<T>>> {
  return leaf(task, { kind: 'field', field, fixed: fixed ?? {} }, options);
}

/** The fixed fields may be left out when none is needed. */
type FixedRest<Input, Field extends keyof Input, O> =
  Partial<Omit<Input, Field>> extends Omit<Input, Field>
    ? [fixed?: Omit<Input, Field>, options?: O]
    : [fixed: Omit<Input, Field>, options?: O];

/** One step after the other; each is given what the one before returned. What does not fit is a compile error. */
export function chain<const S extends readonly [Step, ...Step[]]>(
  ...steps: S & Linked<S>
): Canvas<NeedsOf<S[0]>, WireOf<Last<S>>, OutOf<Last<S>>> {
  return canvasOf({ kind: 'chain', steps: steps.map((some: Step) => nodeOf(some)) });
}

/** How a member of a group with `allSettled` ended. */
export type Settled<T> =
  | { readonly state: 'succeeded'; readonly output: T }
  | {
      readonly state: 'failed' | 'cancelled' | 'expired' | 'dead';
      readonly error: { readonly name: string; readonly message: string };
    };

type WiresOf<M extends readonly unknown[]> = { -readonly [K in keyof M]: WireOf<M[K]> };
type OutsOf<M extends readonly unknown[]> = { -readonly [K in keyof M]: OutOf<M[K]> };
type SettledWires<M extends readonly unknown[]> = {
  -readonly [K in keyof M]: Settled<WireOf<M[K]>>;
};
type SettledOuts<M extends readonly unknown[]> = { -readonly [K in keyof M]: Settled<OutOf<M[K]>> };

type GroupOf<M extends readonly unknown[], F> = F extends 'allSettled'
  ? Canvas<AllNeeds<M[number]>, SettledWires<M>, SettledOuts<M>>
  : Canvas<AllNeeds<M[number]>, WiresOf<M>, OutsOf<M>>;

/**
 * Members side by side, each given what the step before returned; gives the list of what they returned, in their order. With `failFast`,
 * the default, the first that fails fails the group; with `allSettled` none does, and the list says how each ended.
 */
export function group<const M extends readonly Step[], const F extends FailureRule = 'failFast'>(
  members: M,
  options?: { readonly failure?: F },
): GroupOf<M, F> {
  const failure = options?.failure ?? 'failFast';
  const made = canvasOf({ kind: 'group', members: members.map((some) => nodeOf(some)), failure });
  return made as GroupOf<M, F>;
}

/** A callback that runs once, after all members of a group: `chain(group, callback)`. */
export function chord<const G extends Canvas, const C extends Step>(
  members: G,
  callback: C & Fits<WireOf<G>, C>,
): Canvas<NeedsOf<G>, WireOf<C>, OutOf<C>> {
  return canvasOf({ kind: 'chain', steps: [nodeOf(members), nodeOf(callback as C)] });
}

/** A task run over a list, in order and in one message: one attempt, one lease and one time limit for all. */
export function map<T extends AnyTask>(
  task: T,
  inputs: readonly InputOf<T>[],
  options?: StepOptions,
): Canvas<unknown, Wired<ReturnOf<T>>[], OutputOf<T>[]> {
  return leaf(task, { kind: 'own', input: inputs }, options, true);
}

/** As `map`, over the list that the step before returned. */
export function mapEach<T extends AnyTask>(
  task: T,
  options?: StepOptions,
): Canvas<readonly InputOf<T>[], Wired<ReturnOf<T>>[], OutputOf<T>[]> {
  return leaf(task, { kind: 'whole' }, options, true);
}

type Values<Input, Fields extends readonly unknown[]> = {
  readonly [K in keyof Fields]: Fields[K] extends keyof Input ? Input[Fields[K]] : never;
};

/** As `map`, with each input as a tuple of these fields' values. */
export function starmap<
  T extends AnyTask,
  const Fields extends readonly (keyof InputOf<T> & string)[],
>(
  task: T,
  fields: Fields,
  tuples: readonly Values<InputOf<T>, Fields>[],
  options?: StepOptions,
): Canvas<unknown, Wired<ReturnOf<T>>[], OutputOf<T>[]> {
  const input = tuples.map((tuple: readonly unknown[]) =>
    Object.fromEntries(fields.map((field, i) => [field, tuple[i]])),
  );
  return leaf(task, { kind: 'own', input }, options, true);
}

/** A group of `map`s over `size` inputs each: fewer messages for many small tasks. Gives a list of lists. */
export function chunks<T extends AnyTask>(
  task: T,
  inputs: readonly InputOf<T>[],
  size: number,
  options?: StepOptions,
): Canvas<unknown, Wired<ReturnOf<T>>[][], OutputOf<T>[][]> {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`chunks: expected a whole number from 1 as size, got ${size}`);
  }
  const count = Math.ceil(inputs.length / size);
  return group(
    Array.from({ length: count }, (_, i) =>
      map(task, inputs.slice(i * size, (i + 1) * size), options),
    ),
  );
}

/** A step as data. What is no step is passed on as it is, for `start()` to say where it stands. */
export function nodeOf(some: Step): CanvasNode {
  if (typeof some === 'object' && some !== null && 'node' in some) return some.node;
  return { kind: 'leaf', task: some, feed: { kind: 'whole' }, each: false, options: {} };
}

function leaf<In, Wire, Out>(
  task: AnyTask,
  feed: Feed,
  options: StepOptions = {},
  each = false,
): Canvas<In, Wire, Out> {
  const own = Object.freeze({ ...options });
  return canvasOf({ kind: 'leaf', task, feed: Object.freeze(feed), each, options: own });
}

function canvasOf<In, Wire, Out>(node: CanvasNode): Canvas<In, Wire, Out> {
  for (const part of Object.values(node)) if (Array.isArray(part)) Object.freeze(part);
  return Object.freeze({ node: Object.freeze(node) });
}
