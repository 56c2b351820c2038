import type { Clock } from '../clock.ts';
import { redact, type RecordedError } from '../contract/index.ts';
import type { Log } from '../log/index.ts';
import {
  type FencedWrite,
  recordFailed,
  recordReleased,
  recordRetrying,
  recordSucceeded,
  type TaskTable,
} from '../table/index.ts';
import type { Attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import type { ProgressReport } from './progressReport.ts';

export interface RecordOptions {
  readonly table: TaskTable;
  readonly attempt: Attempt;
  readonly outcome: Outcome;
  readonly progress: ProgressReport;
  readonly clock: Clock;
  readonly log: Log;
}

/** Longest error message kept in a record. */
const LONGEST_MESSAGE = 2_000;

/** Pause between tries while the table does not answer. */
const TRY_AGAIN_AFTER_MS = 1_000;

/**
 * Records how the attempt ended, and tries until it is written, superseded, or the lease is lost: work that is done must
 * not be done again only because the table was away for a moment. A first try is made even without a lease: if nobody has
 * claimed the task since, the work counts; if somebody has, the fencing token refuses the write.
 */
export async function recordAttempt(options: RecordOptions): Promise<FencedWrite | 'unrecorded'> {
  const { attempt, clock, log, progress } = options;
  await progress.end();
  for (;;) {
    try {
      return await write(options);
    } catch (error) {
      log.event('record.failed', { error: String(error) });
      if (attempt.signal.aborted) return 'unrecorded';
      await clock.sleep(TRY_AGAIN_AFTER_MS, attempt.signal).catch(() => undefined);
    }
  }
}

async function write(options: RecordOptions): Promise<FencedWrite | 'unrecorded'> {
  const { table, attempt, outcome, progress, clock } = options;
  const held = { id: attempt.message.id, token: attempt.token };
  const ended = {
    now: clock.now(),
    retentionMs: attempt.task.retentionMs,
    progress: progress.latest,
  };
  switch (outcome.kind) {
    case 'succeeded': {
      const output = redact(attempt.task.output, outcome.output) as typeof outcome.output;
      return recordSucceeded(table, held, { ...ended, output });
    }
    case 'failed':
      return recordFailed(table, held, { ...ended, error: recorded(attempt, outcome.error) });
    case 'retrying':
      return recordRetrying(table, held, recorded(attempt, outcome.error));
    case 'released':
      return recordReleased(table, held);
    case 'lost':
      return 'unrecorded';
  }
}

function recorded(attempt: Attempt, { name, message }: Error): RecordedError {
  return { name, message: message.slice(0, LONGEST_MESSAGE), attempt: attempt.number };
}
