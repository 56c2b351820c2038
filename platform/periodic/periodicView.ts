import {
  type Fleet,
  type Json,
  nextTimes,
  redact,
  REDACTED,
  type TaskId,
  type TaskState,
  type Timing,
} from '@taskfleet/toolbox/contract';
import type { PeriodicEntry, Rule } from './entry.ts';

/** A periodic task as people and programs see it, secrets of its input replaced. Times are milliseconds since 1970. */
export interface PeriodicView extends Omit<PeriodicEntry, 'rule' | 'version' | 'dueAt' | 'last'> {
  readonly rule: Rule;
  /** The next five times; of a paused one none. */
  readonly next: readonly number[];
  /** The last firing; without its task's state when nothing is known of that, or no more. */
  readonly last?:
    | { readonly at: number; readonly id: TaskId; readonly state?: TaskState }
    | undefined;
}

const SHOWN = 5;

export interface ViewParts {
  readonly fleet: Fleet;
  readonly entry: PeriodicEntry;
  /** Of the last firing's task. */
  readonly state: TaskState | undefined;
  readonly now: number;
}

export function viewOf({ fleet, entry, state, now }: ViewParts): PeriodicView {
  const { rule, version: _version, dueAt, last, ...shown } = entry;
  return {
    ...shown,
    rule: { ...rule, input: publicInput(fleet, rule) },
    next: entry.paused ? [] : upcoming(rule.timing, dueAt, now),
    ...(last && { last: { ...last, ...(state && { state }) } }),
  };
}

/** One that is overdue fires as soon as a dispatcher sees it: its own time is the first. */
function upcoming(timing: Timing, dueAt: number, now: number): number[] {
  return nextTimes(timing, Math.min(now, dueAt - 1), SHOWN);
}

/** Which parts of an unknown task's input are secret is unknown too, so none of it is shown. */
function publicInput(fleet: Fleet, { task, input }: Rule): Json {
  const known = fleet.tasks.get(task);
  return known ? (redact(known.input, input) as Json) : REDACTED;
}
