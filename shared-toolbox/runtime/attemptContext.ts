import type { Artifacts, TaskContext, TaskLog } from '../contract/index.ts';
import type { Log, LogLevel } from '../log/index.ts';
import type { Scheduling } from '../schedule/index.ts';
import type { Attempt } from './attempt.ts';
import type { ProgressReport } from './progressReport.ts';
import type { KeptLines } from './taskLog/logKeeper.ts';

export interface ContextOptions extends Scheduling {
  readonly attempt: Attempt;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly artifacts: Artifacts;
  readonly progress: ProgressReport;
  /** Where its lines go beside the log. */
  readonly kept: Pick<KeptLines, 'say'>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What the handler of this attempt is given. */
export function attemptContext(options: ContextOptions): TaskContext {
  const { attempt, progress } = options;
  const { message, task } = attempt;
  return {
    id: message.id,
    attempt: attempt.number,
    idempotencyKey: message.id,
    creator: message.creator,
    subject: message.subject,
    deadlineAt: options.now + (task.softTimeLimitMs ?? task.timeLimitMs),
    signal: options.signal,
    log: taskLog(options),
    artifacts: options.artifacts,
    progress: (fraction, note) => progress.report(fraction, note),
    schedule: options.schedule,
    scheduleMany: options.scheduleMany,
    start: options.start,
  };
}

function taskLog({ log, kept }: Pick<ContextOptions, 'log' | 'kept'>): TaskLog {
  const at =
    (level: LogLevel): TaskLog['info'] =>
    (message, fields) => {
      log.message(level, message, fields);
      kept.say(level, message, fields);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
