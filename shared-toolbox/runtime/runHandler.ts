import type { Clock, Timer } from '../clock.ts';
import { type AnyTask, type Json, knownPart, validateOutput } from '../contract/index.ts';
import type { Attempt } from './attempt.ts';
import { type Outcome, outcomeOfFailure } from './outcome.ts';
import type { HandlerRun } from './pool/handlerPool.ts';
import { TimeLimits } from './timeLimits.ts';

export interface RunOptions {
  readonly attempt: Attempt;
  /** Begins the handler's run, given the signal that the handler is to see. */
  readonly begin: (signal: AbortSignal) => HandlerRun;
  readonly clock: Pick<Clock, 'random' | 'timer'>;
}

/** Runs the handler on checked input, within the time limits. Never rejects: a failure is an outcome. */
export async function runHandler(options: RunOptions): Promise<Outcome> {
  const { attempt, clock } = options;
  const limits = new TimeLimits({ task: attempt.task, outer: attempt.signal, clock });
  try {
    const output = await run(options, limits);
    limits.throwIfOver();
    return { kind: 'succeeded', output };
  } catch (error) {
    return outcomeOfFailure({
      error,
      attempt: attempt.number,
      snoozes: attempt.snoozes,
      task: attempt.task,
      abortedBy: limits.signal.aborted ? limits.signal.reason : undefined,
      random: clock.random(),
    });
  } finally {
    limits.clear();
  }
}

async function run(
  { attempt, begin, clock }: RunOptions,
  { signal, end }: TimeLimits,
): Promise<Json> {
  return checkedOutput(attempt.task, await orAbandoned(begin(signal), end, clock));
}

/** What the handler returned, or a rejection when it goes on too long after its end. */
async function orAbandoned(
  running: HandlerRun,
  end: AbortSignal,
  clock: Pick<Clock, 'timer'>,
): Promise<string> {
  const abandoned = Promise.withResolvers<never>();
  let timer: Timer | undefined;
  const giveUp = async () => {
    await running.abandon(end.reason as Error);
    abandoned.reject(end.reason);
  };
  const startTimer = () => {
    timer = clock.timer(running.graceMs(end.reason), () => void giveUp());
  };
  if (end.aborted) startTimer();
  else end.addEventListener('abort', startTimer, { once: true });
  try {
    return await Promise.race([running.output, abandoned.promise]);
  } finally {
    timer?.stop();
    end.removeEventListener('abort', startTimer);
  }
}

/** What is recorded: the handler's output checked, as JSON gives it back, and without what the schema does not know. */
function checkedOutput(task: AnyTask, text: string): Json {
  const wire = JSON.parse(text) as Json;
  const checked = validateOutput(task, wire);
  if (!checked.ok) throw checked.error;
  return knownPart(task.output, wire);
}
