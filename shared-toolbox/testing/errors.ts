import { TaskfleetError } from '../errors.ts';

/** Rejects `handle.result()` in a handler under test for a task that nobody runs. */
export class NoResultError extends TaskfleetError {
  readonly code = 'no_result';

  constructor(name: string) {
    super(
      `the handler waits for what "${name}" returns, and nobody runs it: say it in \`results: { '${name}': … }\``,
    );
  }
}

/** Thrown when the output is asked for of an attempt that did not succeed; its cause is what it failed by. */
export class NotSucceededError extends TaskfleetError {
  readonly code = 'not_succeeded';

  constructor(how: string, cause: Error | undefined) {
    const why = cause ? `: ${cause.name}: ${cause.message}` : '';
    super(`expected the attempt to succeed; it ended as ${how}${why}`, { cause });
  }
}
