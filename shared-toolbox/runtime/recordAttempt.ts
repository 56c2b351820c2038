import type { ArtifactBucket } from '../artifacts/index.ts';
import type { Clock } from '../clock.ts';
import { type AttemptError, publishedAt } from '../contract/index.ts';
import type { Log } from '../log/index.ts';
import {
  type FencedWrite,
  recordCancelledAttempt,
  recordFailed,
  recordReleased,
  recordRetrying,
  recordSnoozed,
  recordSucceeded,
  type TaskTable,
} from '../table/index.ts';
import type { Attempt } from './attempt.ts';
import { UnrecordableError } from './errors.ts';
import type { Outcome } from './outcome.ts';
import { type KeepOutput, outputKeeper } from './keepOutput.ts';
import type { ProgressReport } from './progressReport.ts';

export interface RecordOptions {
  readonly table: TaskTable;
  readonly bucket: ArtifactBucket;
  readonly attempt: Attempt;
  readonly outcome: Outcome;
  readonly progress: ProgressReport;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Characters of an attempt's error that are kept. Every write of a record is paid by its size, and the first attempts tell most: the
 * errors of the 99 that there may be take some 70 KB of an item's 400.
 */
const FULLY_KEPT = { attempts: 20, message: 500, stack: 1_000 } as const;
const KEPT_OF_LATER = { message: 200, stack: 200 } as const;

/** Pause between tries while the table, or the bucket for a large output, does not answer. */
const TRY_AGAIN_AFTER_MS = 1_000;

/** How an attempt ended, and what became of the writing down. `unrecorded`: the table never took it. */
export interface RecordedOutcome {
  readonly outcome: Outcome;
  readonly written: FencedWrite | 'unrecorded';
}

/**
 * Records how the attempt ended, and tries until it is written, superseded, or the lease is lost: work that is done must
 * not be done again only because the table was away for a moment. A first try is made even without a lease: if nobody has
 * claimed the task since, the work counts; if somebody has, the fencing token refuses the write. What the table can never
 * take is recorded as a failure instead.
 */
export async function recordAttempt(options: RecordOptions): Promise<RecordedOutcome> {
  const { attempt, clock, log, progress } = options;
  await progress.end();
  const keep = outputKeeper(options.bucket, attempt);
  let { outcome } = options;
  for (;;) {
    try {
      return { outcome, written: await write(options, outcome, keep) };
    } catch (error) {
      log.event('record.failed', { error: String(error) });
      const isLost = attempt.signal.aborted || (isRefusal(error) && outcome.kind === 'failed');
      if (isLost) return { outcome, written: 'unrecorded' };
      if (isRefusal(error)) outcome = { kind: 'failed', error: new UnrecordableError(error) };
      else await clock.sleep(TRY_AGAIN_AFTER_MS, attempt.signal).catch(() => undefined);
    }
  }
}

/** Whether DynamoDB can never take this, such as an item above 400 KB. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ValidationException';
}

async function write(
  { table, attempt, progress, clock }: RecordOptions,
  outcome: Outcome,
  keep: KeepOutput,
): Promise<FencedWrite | 'unrecorded'> {
  const held = { id: attempt.message.id, token: attempt.token };
  const ended = {
    now: clock.now(),
    createdAt: publishedAt(attempt.message),
    retentionMs: attempt.task.retentionMs,
    progress: progress.latest,
  };
  switch (outcome.kind) {
    case 'succeeded':
      return recordSucceeded(table, held, { ...ended, ...(await keep(outcome.output)) });
    case 'failed':
      return recordFailed(table, held, {
        ...ended,
        error: attemptError(attempt, outcome.error, ended.now),
      });
    case 'retrying':
      return recordRetrying(table, held, attemptError(attempt, outcome.error, ended.now));
    case 'snoozed':
      return recordSnoozed(table, held);
    case 'cancelled':
      return recordCancelledAttempt(table, held, {
        ...ended,
        by: outcome.by,
        attempt: attempt.number,
      });
    case 'released':
      return recordReleased(table, held);
    case 'lost':
      return 'unrecorded';
  }
}

function attemptError(attempt: Attempt, error: Error, at: number): AttemptError {
  const kept = attempt.number <= FULLY_KEPT.attempts ? FULLY_KEPT : KEPT_OF_LATER;
  return {
    name: error.name,
    message: error.message.slice(0, kept.message),
    stack: error.stack?.slice(0, kept.stack),
    attempt: attempt.number,
    at,
  };
}
