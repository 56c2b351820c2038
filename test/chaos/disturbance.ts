import type { Facts } from './check/facts.ts';
import type { TaskPace } from './issueTasks.ts';
import type { Lab, LabShape } from './openLab.ts';

/** What a run of the laboratory does to its fleet. */
export interface Disturbance {
  readonly shape: LabShape;
  readonly pace: TaskPace;
  /** All of it, as it follows from the seed. */
  readonly plan: unknown;
  /** What is said of the plan before the run. */
  readonly announcement: readonly string[];
  /** Resolves when it is over: for as long, tasks are scheduled. */
  readonly cause: (scene: Scene) => Promise<void>;
  /** What it came to, beside the figures that every run has. */
  readonly figures: (facts: Facts) => Readonly<Record<string, unknown>>;
  /** The same in words, a line each. */
  readonly report: (facts: Facts) => readonly string[];
}

export interface Scene {
  readonly lab: Lab;
  readonly say: (line: string) => void;
  /** Tasks asked for so far. */
  readonly asked: () => number;
}
