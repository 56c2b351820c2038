import type { AnyTask, ArtifactRef, OutputOf } from '../contract/index.ts';
import type { Outcome } from '../runtime/outcome.ts';
import { resultOf } from '../schedule/awaitOutput.ts';
import type { LogLine } from '../table/index.ts';
import { NotSucceededError } from './errors.ts';
import type { StoredFile } from './memoryArtifacts.ts';
import type { Asked } from './recordedScheduling.ts';

export interface AttemptProgress {
  /** From 0 to 1. */
  readonly fraction: number;
  readonly note?: string | undefined;
}

/** How an attempt ended and what it did, without the secrets of its input, as records and logs would have it. */
export interface AttemptEnd<T extends AnyTask = AnyTask> {
  /** What the runtime makes of it: `succeeded`, `retrying` with the delay, `failed`, `snoozed`, `cancelled`, `released`, `lost`. */
  readonly outcome: Outcome;
  /** What `handle.result()` would give. Throws NotSucceededError for an attempt that did not succeed. */
  readonly output: OutputOf<T>;
  /** What was said with `ctx.log`, as it is kept for people: long lines are cut. */
  readonly logged: readonly LogLine[];
  readonly progress: readonly AttemptProgress[];
  /** Messages of the tasks that were scheduled, in order. */
  readonly scheduled: Asked['scheduled'];
  /** Canvases that were started, in order. */
  readonly started: Asked['started'];
  /** What it has stored and not removed. */
  readonly stored: ReadonlyMap<ArtifactRef, StoredFile>;
  /** What it has removed, whether it was there or not. */
  readonly removed: ReadonlySet<ArtifactRef>;
}

/** The end with its output, which is had when it is asked for. */
export function attemptEnd<T extends AnyTask>(
  task: T,
  what: Omit<AttemptEnd<T>, 'output'>,
): AttemptEnd<T> {
  const { outcome } = what;
  return {
    ...what,
    get output(): OutputOf<T> {
      if (outcome.kind === 'succeeded') return resultOf(task, outcome.output);
      throw new NotSucceededError(outcome.kind, 'error' in outcome ? outcome.error : undefined);
    },
  };
}
