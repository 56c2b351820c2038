import { systemClock } from '../../clock.ts';
import type { Json, TaskContext, TaskId, TaskLog, TraceContext } from '../../contract/index.ts';
import type { LogLevel } from '../../log/index.ts';
import { Lanes, type SchedulePort, scheduleVia, type Taken } from '../../schedule/index.ts';
import { threadFiles } from './threadFiles.ts';
import type { Ask, ContextFacts, OfThreadRun } from './threadMessages.ts';

export interface ThreadContextOptions {
  readonly facts: ContextFacts;
  readonly signal: AbortSignal;
  /** Of the attempt's span, for a thread that has no SDK of its own. */
  readonly trace: TraceContext | undefined;
  readonly tell: (said: OfThreadRun) => void;
  /** Rejects as the main thread's call did. */
  readonly ask: (ask: Ask) => Promise<unknown>;
}

/** Of this thread; the main thread has its own. */
const lanes = new Lanes(systemClock);

/** The context of a handler in a thread: what it cannot do here is told or asked the main thread. */
export function threadContext({
  facts,
  signal,
  trace,
  tell,
  ask,
}: ThreadContextOptions): TaskContext {
  const { root, ...own } = facts;
  const { id, creator } = facts;
  const port: SchedulePort = {
    publish: async ({ message, ...prepared }) =>
      (await ask({
        what: 'publish',
        prepared: { ...prepared, message: { trace, ...message } },
      })) as Taken,
    output: async (taskId, timeoutMs) =>
      (await ask({ what: 'output', id: taskId, timeoutMs })) as Json | undefined,
    start: async (planned) => (await ask({ what: 'start', planned })) as TaskId,
  };
  return {
    ...own,
    signal,
    log: threadLog(tell),
    progress: (fraction, note) => tell({ kind: 'progressed', fraction, note }),
    artifacts: threadFiles(ask),
    ...scheduleVia({ port, origin: { id, root, creator }, clock: systemClock, lanes }),
  };
}

function threadLog(tell: (said: OfThreadRun) => void): TaskLog {
  const at =
    (level: LogLevel): TaskLog['info'] =>
    (message, fields) =>
      tell({ kind: 'logged', level, message, fields: fields && loggable(fields) });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A line is written whatever its fields hold, as it is without a thread: what cannot be passed on is told as text. */
function loggable(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, passable(value)]));
}

function passable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return String(value);
  }
}
