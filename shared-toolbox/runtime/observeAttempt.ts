import { definitionOf } from '../contract/index.ts';
import { type EndFacts, type HookCaller, type RunFacts, taskFacts } from '../hooks/index.ts';
import { beginRunSpan } from '../trace/index.ts';
import type { Attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import type { RecordedOutcome } from './recordAttempt.ts';

export interface ObservedEnd extends RecordedOutcome {
  readonly durationMs: number;
}

/** An attempt as hooks and traces see it. */
export interface ObservedAttempt {
  /** Runs the handler in the attempt's span. */
  readonly within: <T>(run: () => Promise<T>) => Promise<T>;
  /** Never rejects. */
  readonly ended: (end: ObservedEnd) => Promise<void>;
}

/** Begins the attempt's span, and tells the hooks. Never rejects. */
export async function observeAttempt(
  hooks: HookCaller,
  attempt: Attempt,
): Promise<ObservedAttempt> {
  const span = beginRunSpan(attempt.message, attempt.number);
  const facts = () => runFacts(attempt, attempt.number);
  await span.within(async () => hooks.call('beforeRun', facts));
  return {
    within: span.within,
    ended: async ({ outcome: reached, written, durationMs }) => {
      // What was not written down is somebody else's to tell.
      const outcome: Outcome = written === 'written' ? reached : { kind: 'lost' };
      const endFacts = () => ({ ...facts(), durationMs });
      await span.within(async () => tellEnd(hooks, outcome, endFacts));
      span.end(outcome.kind, 'error' in outcome ? outcome.error : undefined);
    },
  };
}

export function runFacts(
  { message, task }: Pick<Attempt, 'message' | 'task'>,
  attempt: number,
): RunFacts {
  // The task of an attempt takes the list already: a list of lists would hide no secret.
  const { each: _each, ...asked } = message;
  return { ...taskFacts(definitionOf(task, asked)), attempt };
}

async function tellEnd(hooks: HookCaller, outcome: Outcome, facts: () => EndFacts): Promise<void> {
  await Promise.all([
    tellOutcome(hooks, outcome, facts),
    hooks.call('afterRun', () => ({ ...facts(), outcome: outcome.kind })),
  ]);
}

async function tellOutcome(
  hooks: HookCaller,
  outcome: Outcome,
  facts: () => EndFacts,
): Promise<void> {
  switch (outcome.kind) {
    case 'succeeded':
      return hooks.call('onSuccess', facts);
    case 'retrying': {
      const { error, delayMs } = outcome;
      return hooks.call('onRetry', () => ({ ...facts(), error, delayMs }));
    }
    case 'failed':
      return hooks.call('onFailure', () => ({ ...facts(), error: outcome.error }));
    case 'cancelled': {
      const { by } = outcome;
      return hooks.call('onCancel', () => ({ ...facts(), by }));
    }
    case 'snoozed':
    case 'released':
    case 'lost':
      return undefined;
  }
}
