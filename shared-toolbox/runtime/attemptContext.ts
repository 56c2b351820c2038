import type { Artifacts, TaskContext, TaskLog } from '../contract/index.ts';
import type { Log, LogLevel } from '../log/index.ts';
import type { Scheduling } from '../schedule/index.ts';
import type { Attempt } from './attempt.ts';
import type { InputSecrets } from './inputSecrets.ts';
import type { ProgressReport } from './progressReport.ts';
import type { KeptLines } from './taskLog/logKeeper.ts';
import { plainValue } from './taskLog/plainValue.ts';

export interface ContextOptions extends Scheduling {
  readonly attempt: Attempt;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly artifacts: Artifacts;
  readonly progress: ProgressReport;
  /** Of the input: not to be in the log. */
  readonly secrets: InputSecrets;
  /** Where its lines go beside the log. */
  readonly kept: Pick<KeptLines, 'say'>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Fields = Parameters<TaskLog['info']>[1];

/** What the handler of this attempt is given. */
export function attemptContext(options: ContextOptions): TaskContext {
  const { attempt, progress } = options;
  const { message, task } = attempt;
  return {
    id: message.id,
    attempt: attempt.number,
    snoozes: attempt.snoozes,
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

function taskLog({
  log,
  kept,
  secrets,
}: Pick<ContextOptions, 'log' | 'kept' | 'secrets'>): TaskLog {
  const shown = (fields: Fields) =>
    secrets.isEmpty || fields === undefined ? fields : (plainValue(fields, secrets) as Fields);
  const at =
    (level: LogLevel): TaskLog['info'] =>
    (message, fields) => {
      log.message(level, secrets.redact(message), shown(fields));
      kept.say(level, message, fields);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
