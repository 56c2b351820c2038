import type { ArtifactRef, Artifacts, TaskId } from '../contract/index.ts';
import type { AttemptProgress } from './attemptEnd.ts';
import type { ManualClock } from './manualClock.ts';
import type { Results } from './recordedScheduling.ts';

export interface AttemptOptions {
  /** Which attempt this is, from 1. Default 1. */
  readonly attempt?: number;
  /** Times that the handler has thrown Snooze before. Default 0. */
  readonly snoozes?: number;
  /** Default: a new one. */
  readonly id?: TaskId;
  readonly creator?: string;
  readonly subject?: string;
  /** Files that are there before, by their references. Default: none. */
  readonly files?: Readonly<Record<ArtifactRef, Uint8Array>>;
  /** Instead of those in memory: a read that is refused, or takes its time. */
  readonly artifacts?: Partial<Artifacts>;
  /** What tasks return that the handler schedules and waits for, by their names; `flow` for canvases. Default: it waits for none. */
  readonly results?: Results;
  /** Default: one of its own, which stands still unless `pass()` moves it. */
  readonly clock?: ManualClock;
  /** Called with each progress that the handler reports. */
  readonly onProgress?: (progress: AttemptProgress) => unknown;
}
