import type { EndFacts, Hooks } from './hooks.ts';

/** Where a team's errors go, such as Sentry. */
export interface ErrorReporter {
  /** Given what a handler threw. `isFinal`: the task has failed for good; otherwise another attempt follows. */
  capture(error: Error, facts: EndFacts & { readonly isFinal: boolean }): unknown;
}

/** Hooks that report the error of every attempt that failed. */
export function errorReporter(reporter: ErrorReporter): Hooks {
  return {
    onRetry: ({ error, ...facts }) => reporter.capture(error, { ...facts, isFinal: false }),
    onFailure: ({ error, ...facts }) => reporter.capture(error, { ...facts, isFinal: true }),
  };
}
