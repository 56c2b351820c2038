import { artifactsOf, type ArtifactBucket } from '../artifacts/index.ts';
import type { Clock } from '../clock.ts';
import type { HeldMessage, Settlement } from '../consume/index.ts';
import type { AnyTask, WorkerImplementation } from '../contract/index.ts';
import type { HookCaller } from '../hooks/index.ts';
import type { Log } from '../log/index.ts';
import type { Scheduler } from '../schedule/index.ts';
import type { Statistics } from '../statistics/index.ts';
import { recordProgress, type TaskTable } from '../table/index.ts';
import { underTrace } from '../trace/index.ts';
import { advanceFlow } from './advanceFlow.ts';
import type { Attempt } from './attempt.ts';
import { attemptContext } from './attemptContext.ts';
import { awaitTurn } from './awaitTurn.ts';
import { claimAttempt } from './claimAttempt.ts';
import type { ControlWatch } from './controlWatch.ts';
import { countAttempt } from './countAttempt.ts';
import { AttemptEndedError } from './errors.ts';
import { fetchInput } from './fetchInput.ts';
import { InputSecrets } from './inputSecrets.ts';
import { logOutcome } from './logOutcome.ts';
import { observeAttempt } from './observeAttempt.ts';
import type { Outcome } from './outcome.ts';
import type { HandlerPool } from './pool/handlerPool.ts';
import type { ProcessTurns } from './processTurns.ts';
import { ProgressReport } from './progressReport.ts';
import { type Delivery, readDelivery } from './readDelivery.ts';
import { recordAttempt } from './recordAttempt.ts';
import { runHandler } from './runHandler.ts';
import { settlementOf } from './settleAttempt.ts';
import type { Tally } from './tally.ts';
import type { KeptLines, LogKeeper } from './taskLog/logKeeper.ts';
import { withoutSecrets } from './withoutSecrets.ts';

export interface HandleOptions {
  readonly implementation: WorkerImplementation;
  readonly table: TaskTable;
  readonly bucket: ArtifactBucket;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this process in the record. */
  readonly holder: string;
  /** What runs the handlers. */
  readonly pool: HandlerPool;
  /** Tells running tasks that somebody wants their end. */
  readonly control: ControlWatch;
  /** Counts what is run. */
  readonly tally: Tally;
  /** When what has a rate limit here may begin. */
  readonly turns: ProcessTurns;
  /** Counts what becomes of tasks, for the table. */
  readonly statistics: Statistics;
  /** Keeps what handlers say, for people to look at. */
  readonly logs: LogKeeper;
  /** Who is told of what is run. */
  readonly hooks: HookCaller;
  /** A task with the limits that somebody wants for it. Default: the contract's. */
  readonly limited?: (task: AnyTask) => AnyTask;
  /** Aborts when the grace period of a stopping worker is over. */
  readonly stopping: AbortSignal;
  /** Aborts when the worker begins nothing new. Default: with `stopping`. */
  readonly draining?: AbortSignal;
  /** Whether to wait for a table that does not answer a claim. Default: always, until `draining`. */
  readonly waitsForTable?: () => boolean;
}

/**
 * The worker's way of a message: read → fetch its input → await its turn → claim → run → record → advance its flow → settle. Never
 * rejects.
 */
export async function handleMessage(
  options: HandleOptions,
  held: HeldMessage,
): Promise<Settlement> {
  const delivery = readDelivery(options.implementation, held.body);
  if (!delivery.ok) {
    options.log.event('message.refused', { reason: delivery.error });
    return { kind: 'deadLetter', reason: delivery.error };
  }
  const { id, task, trace } = delivery.value.message;
  const own = { ...options, log: options.log.child({ id, task }) };
  const settlement = await handleDelivery(own, held, delivery.value);
  return underTrace(trace, async () => advanceFlow(own, delivery.value.message, settlement));
}

async function handleDelivery(
  options: HandleOptions,
  held: HeldMessage,
  delivery: Delivery,
): Promise<Settlement> {
  const fetched = await fetchInput(options, held, delivery);
  if ('kind' in fetched) return fetched;
  const { limited = (task: AnyTask) => task } = options;
  const ready = { ...fetched, task: limited(fetched.task) };
  const { worker } = options.implementation;
  const waits = await awaitTurn({ ...options, worker }, held, ready);
  if (waits) return waits;
  const claim = await claimAttempt(options, held, ready);
  if ('kind' in claim) return claim;
  return runAttempt(options, held, claim);
}

async function runAttempt(
  options: HandleOptions,
  held: HeldMessage,
  attempt: Attempt,
): Promise<Settlement> {
  const { bucket, clock, log, table, tally } = options;
  const { id, task } = attempt.message;
  log.event('task.started', { attempt: attempt.number });
  const tallied = tally.begin({ id, task, startedAt: clock.now() });
  const secrets = new InputSecrets(attempt.task, attempt.message.input);
  const progress = progressOf(options, attempt, secrets);
  const kept = options.logs.begin(attempt);
  const observed = await observeAttempt(options.hooks, attempt);
  const ended = await observed.within(async () =>
    outcomeOf(options, held, { attempt, progress, secrets, kept }),
  );
  const outcome = withoutSecrets(ended, secrets);
  const [recorded] = await Promise.all([
    recordAttempt({ table, bucket, attempt, outcome, progress, clock, log }),
    kept.end(outcome.kind),
  ]);
  const durationMs = Math.round(clock.monotonic() - attempt.startedAt);
  tallied(recorded.outcome.kind);
  countAttempt(options.statistics, task, { ...recorded, durationMs });
  logOutcome(log, { ...recorded, attempt: attempt.number, durationMs });
  await observed.ended({ ...recorded, durationMs });
  return settlementOf(recorded);
}

async function outcomeOf(
  options: HandleOptions,
  held: HeldMessage,
  { attempt, ...parts }: Omit<ContextParts, 'signal' | 'ended'>,
): Promise<Outcome> {
  if (attempt.unreadable) return { kind: 'failed', error: attempt.unreadable };
  using cancelled = options.control.begin(attempt.message.id);
  const place = await options.pool.take();
  // After the last wait: a process that stood still meanwhile begins nothing that is somebody else's by now.
  if (!held.isHeld()) {
    place.release();
    return { kind: 'released' };
  }
  const ended = new AbortController();
  try {
    // Awaited here: the task is watched until its handler has ended.
    return await runHandler({
      attempt: { ...attempt, signal: AbortSignal.any([attempt.signal, cancelled.signal]) },
      clock: options.clock,
      begin: (signal) =>
        place.begin({
          attempt,
          context: contextOf(options, { ...parts, attempt, signal, ended: ended.signal }),
          port: options.scheduler.port,
          log: options.log,
        }),
    });
  } finally {
    ended.abort(new AttemptEndedError());
  }
}

interface ContextParts {
  readonly attempt: Attempt;
  readonly progress: ProgressReport;
  readonly secrets: InputSecrets;
  readonly kept: KeptLines;
  readonly signal: AbortSignal;
  /** Aborts when the handler has ended. */
  readonly ended: AbortSignal;
}

function contextOf(options: HandleOptions, { attempt, ended, ...parts }: ContextParts) {
  const { id, root, creator } = attempt.message;
  return attemptContext({
    ...parts,
    attempt,
    log: options.log.child({ attempt: attempt.number }),
    artifacts: artifactsOf(options.bucket, {
      worker: options.implementation.worker.name,
      signal: AbortSignal.any([parts.signal, ended]),
    }),
    ...options.scheduler.from({ id, root, creator }, parts.signal),
    now: options.clock.now(),
  });
}

function progressOf(
  { table, log }: HandleOptions,
  attempt: Attempt,
  secrets: InputSecrets,
): ProgressReport {
  const held = { id: attempt.message.id, token: attempt.token };
  return new ProgressReport(async (progress) => {
    // Progress is news, not truth: a write that fails is told and forgotten.
    await recordProgress(table, held, progress).catch((error: unknown) =>
      log.event('record.failed', { error: String(error) }),
    );
  }, secrets);
}
