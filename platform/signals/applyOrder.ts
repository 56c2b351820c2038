import type { ProcessId } from '@taskfleet/toolbox/contract';
import type { Control, Wanted } from '@taskfleet/toolbox/table';

/** What somebody wants of a worker. Left out, a number is the contract's again. */
export type Order =
  | { readonly kind: 'pause' | 'resume' | 'shutdown' }
  | { readonly kind: 'concurrency'; readonly concurrency?: number }
  | {
      readonly kind: 'limits';
      readonly task: string;
      readonly timeLimitMs?: number;
      readonly softTimeLimitMs?: number;
    }
  | {
      readonly kind: 'rate';
      readonly task: string;
      /** Milliseconds between the starts of two attempts. */
      readonly rateLimitMs?: number;
    };

export interface GivenOrder {
  readonly order: Order;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Left out: for all processes, those that start later included. */
  readonly process?: ProcessId | undefined;
  /** Of the worker. What is wanted of others, which have ended, is forgotten. */
  readonly known: readonly string[];
}

/** What the worker is told once the order is given; `revision` is what it will be. Pure. */
export function applyOrder(
  before: Control,
  revision: number,
  { order, by, at, process, known }: GivenOrder,
): Partial<Control> {
  const who = { by, at };
  if (order.kind === 'limits' || order.kind === 'rate') {
    return { limits: withLimits(before.limits, order, who) };
  }
  const change = wantedBy(order, revision, who);
  const kept = Object.entries(before.processes ?? {}).filter(([id]) => known.includes(id));
  if (process === undefined) {
    // Said to all, it counts for those too that were told something else before.
    const others = kept.map(([id, wanted]) => [id, changed(wanted, forgetting(change))] as const);
    return { wanted: changed(before.wanted, change), processes: Object.fromEntries(others) };
  }
  const processes = Object.fromEntries(kept);
  return { processes: { ...processes, [process]: changed(processes[process], change) } };
}

type Who = Pick<GivenOrder, 'by' | 'at'>;
type Change = { readonly [Field in keyof Wanted]: Wanted[Field] | undefined };
type LimitsOrder = Extract<Order, { kind: 'limits' | 'rate' }>;

function wantedBy(order: Exclude<Order, LimitsOrder>, revision: number, who: Who): Change {
  switch (order.kind) {
    case 'pause':
      return { paused: { value: true, ...who } };
    case 'resume':
      return { paused: { value: false, ...who } };
    case 'shutdown':
      return { shutdown: { revision, ...who } };
    case 'concurrency': {
      const { concurrency } = order;
      return {
        concurrency: concurrency === undefined ? undefined : { value: concurrency, ...who },
      };
    }
  }
}

function forgetting(change: Change): Change {
  return Object.fromEntries(Object.keys(change).map((field) => [field, undefined]));
}

function changed(before: Wanted = {}, change: Change): Wanted {
  const fields = Object.entries({ ...before, ...change }).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(fields);
}

/** Time limits and rate limit of a task are changed each for itself. */
function withLimits(before: Control['limits'], order: LimitsOrder, who: Who): Control['limits'] {
  const { [order.task]: current, ...others } = before ?? {};
  const { rateLimitMs, timeLimitMs, softTimeLimitMs } =
    order.kind === 'rate'
      ? { ...current, rateLimitMs: order.rateLimitMs }
      : { ...order, rateLimitMs: current?.rateLimitMs };
  const wanted = Object.entries({ timeLimitMs, softTimeLimitMs, rateLimitMs }).filter(
    ([, limit]) => limit !== undefined,
  );
  if (wanted.length === 0) return others;
  return { ...others, [order.task]: { ...Object.fromEntries(wanted), ...who } };
}
