import type { AnyTask, ArtifactRef, TaskContext } from '../contract/index.ts';
import type { Attempt } from '../runtime/attempt.ts';
import { attemptContext } from '../runtime/attemptContext.ts';
import { InputSecrets } from '../runtime/inputSecrets.ts';
import { inlinePlace } from '../runtime/pool/inlinePool.ts';
import { ProgressReport } from '../runtime/progressReport.ts';
import { runHandler } from '../runtime/runHandler.ts';
import { lineOf } from '../runtime/taskLog/lineOf.ts';
import { withoutSecrets } from '../runtime/withoutSecrets.ts';
import type { LogLine } from '../table/index.ts';
import { type AttemptEnd, attemptEnd, type AttemptProgress } from './attemptEnd.ts';
import type { ManualClock } from './manualClock.ts';
import { memoryArtifacts, type StoredFile } from './memoryArtifacts.ts';
import { memoryLog } from './memoryLog.ts';
import { type Asked, recordedScheduling } from './recordedScheduling.ts';
import type { AttemptOptions } from './attemptOptions.ts';

/** Runs the attempt as `handleMessage` does after the claim, and keeps what it does to its surroundings. */
export async function attempted<T extends AnyTask>(
  attempt: Attempt,
  clock: ManualClock,
  options: AttemptOptions,
): Promise<AttemptEnd<T>> {
  const { task, message } = attempt;
  const secrets = new InputSecrets(task, message.input);
  const report = new ProgressReport(async () => undefined, secrets);
  const asked: Asked = { scheduled: [], started: [] };
  const traces = { logged: [], progress: [], stored: new Map(), removed: new Set<ArtifactRef>() };
  const around = { attempt, clock, options, secrets, report, asked, ...traces };
  const { log } = memoryLog();
  const { port, ...scheduling } = schedulingOf(around);
  const begin = (signal: AbortSignal) =>
    inlinePlace.begin({ attempt, context: contextOf(around, scheduling, signal), port, log });
  const outcome = withoutSecrets(await runHandler({ attempt, clock, begin }), secrets);
  await report.end();
  return attemptEnd<T>(task as T, { outcome, ...traces, ...asked });
}

interface Around {
  readonly attempt: Attempt;
  readonly clock: ManualClock;
  readonly options: AttemptOptions;
  readonly secrets: InputSecrets;
  readonly report: ProgressReport;
  readonly asked: Asked;
  readonly logged: LogLine[];
  readonly progress: AttemptProgress[];
  readonly stored: Map<ArtifactRef, StoredFile>;
  readonly removed: Set<ArtifactRef>;
}

function schedulingOf({ attempt, clock, options, asked }: Around) {
  const { id, root, creator } = attempt.message;
  const { results = {} } = options;
  return recordedScheduling({ origin: { id, root, creator }, clock, results }, asked);
}

function contextOf(
  { attempt, clock, options, secrets, report, ...around }: Around,
  scheduling: Pick<TaskContext, 'schedule' | 'scheduleMany' | 'start'>,
  signal: AbortSignal,
): TaskContext {
  const context = attemptContext({
    ...scheduling,
    attempt,
    signal,
    log: memoryLog().log,
    artifacts: {
      ...memoryArtifacts({
        worker: attempt.task.worker,
        files: options.files ?? {},
        ...around,
        signal,
        now: () => clock.now(),
      }),
      ...options.artifacts,
    },
    progress: report,
    secrets,
    kept: {
      say: (level, text, fields) =>
        void around.logged.push(lineOf({ at: clock.now(), level, message: text, fields }, secrets)),
    },
    now: clock.now(),
  });
  return {
    ...context,
    progress: (fraction, note) => {
      const before = report.latest;
      context.progress(fraction, note);
      // What is said after the attempt's end is not heard.
      if (!report.latest || report.latest === before) return;
      around.progress.push(report.latest);
      options.onProgress?.(report.latest);
    },
  };
}
