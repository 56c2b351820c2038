import type { ProcessId, TaskDefinitionRecord } from '../contract/index.ts';

/** What a hook is told of a task. */
export interface TaskFacts extends Pick<
  TaskDefinitionRecord,
  | 'id'
  | 'task'
  | 'worker'
  /** With its secrets replaced by `[secret]`. */
  | 'input'
  | 'group'
  | 'creator'
  | 'subject'
  | 'parent'
  | 'root'
  | 'createdAt'
  | 'dueAt'
> {}

export interface ScheduledFacts extends TaskFacts {
  /** Whether a task of before, whose id this is, stands for the call. */
  readonly isDuplicate: boolean;
}

export interface RunFacts extends TaskFacts {
  /** From 1; 0 for a task that was cancelled before it had one. */
  readonly attempt: number;
}

export interface EndFacts extends RunFacts {
  readonly durationMs: number;
}

/** How an attempt ended; `lost`: what it did does not count, because its lease was gone. */
export type RunOutcome =
  | 'succeeded'
  | 'failed'
  | 'retrying'
  | 'snoozed'
  | 'cancelled'
  | 'released'
  | 'lost';

export interface WorkerFacts {
  readonly worker: string;
  /** As `taskfleet workers` lists it; on Lambda there is none. */
  readonly process?: ProcessId;
}

/**
 * What a team does beside its tasks: metrics, reports of errors, rules for what may be scheduled. Hooks observe: one that throws or
 * takes longer than two seconds is a line `hook.failed` in the log, and nothing else.
 */
export interface Hooks {
  /**
   * Before a task that was checked is published, in the order of the calls; called and not waited for. It may throw VetoError, before its first
   * `await`: then the task is not scheduled, and the caller gets that error.
   */
  beforeSchedule?(facts: TaskFacts): void;
  /** The topic or the table has it. The call does not wait for the hook. */
  afterSchedule?(facts: ScheduledFacts): unknown;
  /** Before the handler is called; waited for. */
  beforeRun?(facts: RunFacts): unknown;
  /** After each attempt, however it ended, and after what follows here. */
  afterRun?(facts: EndFacts & { readonly outcome: RunOutcome }): unknown;
  onSuccess?(facts: EndFacts): unknown;
  /** The attempt failed, and another one will follow. */
  onRetry?(facts: EndFacts & { readonly error: Error; readonly delayMs: number }): unknown;
  /** The task has failed for good. */
  onFailure?(facts: EndFacts & { readonly error: Error }): unknown;
  /** The task was cancelled, while it ran or before it was begun. */
  onCancel?(facts: RunFacts & { readonly by: string }): unknown;
  onWorkerStart?(facts: WorkerFacts): unknown;
  /** Waited for. On Lambda nobody says when an environment ends. */
  onWorkerStop?(facts: WorkerFacts): unknown;
}

export type HookName = keyof Hooks;

export type FactsOf<Name extends HookName> = Parameters<NonNullable<Hooks[Name]>>[0];
