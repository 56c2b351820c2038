import type { Clock } from '../clock.ts';
import {
  type AnyTask,
  type Json,
  LARGEST_VALUE_BYTES,
  type TaskContext,
  TooLargeError,
  validate,
  validateOutput,
} from '../contract/index.ts';
import type { Attempt } from './attempt.ts';
import { type Outcome, outcomeOfFailure } from './outcome.ts';
import { TimeLimits } from './timeLimits.ts';

export interface RunOptions {
  readonly attempt: Attempt;
  /** The attempt's context, given the signal that the handler is to see. */
  readonly contextFor: (signal: AbortSignal) => TaskContext;
  readonly clock: Pick<Clock, 'random' | 'monotonic'>;
  /** Called when the handler goes on although its signal has been aborted for a while. */
  readonly onUnresponsive: () => void;
}

/** How long a handler may take to end when its time is up or the attempt is not its any more. */
const UNRESPONSIVE_AFTER_MS = 5_000;

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

async function run(options: RunOptions, { signal, end }: TimeLimits): Promise<Json> {
  const { task, message, handler } = options.attempt;
  const input = validate(`input of ${task.name}`, task.input, message.input);
  if (!input.ok) throw input.error;
  // An async function, so that a handler that throws before its first await is a rejection too.
  const running = (async () => handler(input.value, options.contextFor(signal)))();
  return checkedOutput(task, await orUnresponsive(running, end, options.onUnresponsive));
}

/**
 * The handler's promise, or a rejection when it goes on too long after its end. JavaScript cannot stop it in this
 * process: the caller says so, and what it still does is fenced off.
 */
async function orUnresponsive<T>(
  running: Promise<T>,
  end: AbortSignal,
  onUnresponsive: () => void,
): Promise<T> {
  const abandoned = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const startTimer = () => {
    timer = setTimeout(() => {
      onUnresponsive();
      abandoned.reject(end.reason);
    }, UNRESPONSIVE_AFTER_MS);
  };
  if (end.aborted) startTimer();
  else end.addEventListener('abort', startTimer, { once: true });
  try {
    return await Promise.race([running, abandoned.promise]);
  } finally {
    clearTimeout(timer);
    end.removeEventListener('abort', startTimer);
  }
}

/** What is recorded: the handler's return value checked, and as JSON will give it back. */
function checkedOutput(task: AnyTask, returned: unknown): Json {
  const text = JSON.stringify(returned) ?? 'null';
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > LARGEST_VALUE_BYTES) {
    throw new TooLargeError(`the output of ${task.name}`, sizeBytes, LARGEST_VALUE_BYTES);
  }
  const wire = JSON.parse(text) as Json;
  const checked = validateOutput(task, wire);
  if (!checked.ok) throw checked.error;
  return wire;
}
