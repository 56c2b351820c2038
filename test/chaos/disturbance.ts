import type { Facts } from './check/facts.ts';
import type { Asking, Issuing } from './issueTasks.ts';
import type { Lab, LabShape } from './openLab.ts';

/** What a run of the laboratory does to its fleet. */
export interface Disturbance {
  readonly shape: LabShape;
  /** Begins to ask the fleet for tasks, from now on until it is stopped. */
  readonly issue: (asking: Asking) => Issuing;
  /** All of it, as it follows from the seed. */
  readonly plan: unknown;
  /** What is said of the plan before the run. */
  readonly announcement: readonly string[];
  /** Resolves when it is over: no task is asked for after that. */
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
