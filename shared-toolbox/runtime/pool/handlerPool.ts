import type { TaskContext } from '../../contract/index.ts';
import type { Log } from '../../log/index.ts';
import type { SchedulePort } from '../../schedule/index.ts';
import type { Attempt } from '../attempt.ts';

/** What a handler's run takes. */
export interface HandlerCall {
  readonly attempt: Attempt;
  /** What the handler is given; its `signal` is the one that the run follows. */
  readonly context: TaskContext;
  /** What `context.schedule` goes through, for a pool that cannot hand over a function. */
  readonly port: SchedulePort;
  readonly log: Log;
}

/** A handler under way. */
export interface HandlerRun {
  /** The output as JSON; rejects with what the handler threw, or with why it was ended. */
  readonly output: Promise<string>;
  /** Milliseconds that the handler has to end by itself, once its attempt's end has come for this reason. */
  graceMs(reason: unknown): number;
  /** Called when it did not: nobody waits for it any more. Resolves when there is nothing left to do about it. Never rejects. */
  abandon(reason: Error): Promise<void>;
}

/** Room for one handler's run. Whoever takes it begins one, or gives it back. */
export interface HandlerPlace {
  begin(call: HandlerCall): HandlerRun;
  release(): void;
}

/** What runs handlers. */
export interface HandlerPool {
  /** Resolves when a run can begin. Never rejects: what is wrong with the place, its run says. */
  take(): Promise<HandlerPlace>;
  /** So many runs at the same time from now on. */
  resize(size: number): void;
  /** Set until the first run can begin. */
  starting(): Promise<void> | undefined;
  /** Resolves when this process should end, because the pool cannot do its work here any more, for a reason that it has logged. */
  readonly broken: Promise<void>;
  close(): Promise<void>;
}

/** How long a handler may take to end when its time is up or the attempt is not its any more. */
export const UNRESPONSIVE_AFTER_MS = 5_000;
