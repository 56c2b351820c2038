import type { Canvas, OutOf, NeedsOf, Mismatch, Step, WireOf } from './canvas.ts';
import type { Duration } from './duration.ts';
import type { ScheduleOptions } from './scheduleOptions.ts';
import type { TaskId } from './taskId.ts';

/** Options of one task of a canvas. Times count from when the task is published. */
export type StepOptions = Omit<ScheduleOptions, 'idempotencyKey' | 'durable'>;

/** What `onFailure` is given. */
export interface FlowFailure {
  readonly flowId: string;
  /** Path of the task that failed, such as `r.s0.m17`. */
  readonly node: string;
  readonly taskId: string;
  readonly state: 'failed' | 'cancelled' | 'expired' | 'dead';
  readonly error: { readonly name: string; readonly message: string };
}

/** Options of `start()`. */
export interface StartOptions<Wire = never> {
  /** Who asks; the same for all tasks that say nothing else. At most 256 characters. */
  readonly creator?: string;
  /** What the flow is about. At most 256 characters. */
  readonly subject?: string;
  /** Makes the flow's id: however often it is started with the same key, it runs once, as it was first. At most 256 characters. */
  readonly idempotencyKey?: string;
  /** A task, as `step`, `partial`, `into` or `signature` make it, that is scheduled once when the flow has succeeded, with its result. */
  readonly onSuccess?: Canvas<Wire>;
  /** The same when it has failed, with what failed. Not for a flow that somebody cancelled. */
  readonly onFailure?: Canvas<FlowFailure>;
}

/** A started canvas. */
export interface FlowHandle<Out = unknown> {
  readonly id: TaskId;
  /** Waits until the flow has ended, and gives what its last step returned. Throws as a task's handle does. */
  result(options?: { readonly timeout?: Duration }): Promise<Out>;
}

type Startable<C> = unknown extends NeedsOf<C> ? C : Mismatch<never, NeedsOf<C>>;

/**
 * Starts a canvas, wholly or not at all: everything is checked before anything is written, and one write is the acknowledgement. Its first
 * tasks are then published; what cannot be, because the topic is away, the platform publishes later. Throws ValidationError naming
 * every node that is wrong, TooLargeError, and UnavailableError when the table did not take it.
 */
export type Start = <const C extends Step>(
  canvas: C & Startable<C>,
  options?: StartOptions<WireOf<C>>,
) => Promise<FlowHandle<OutOf<C>>>;
