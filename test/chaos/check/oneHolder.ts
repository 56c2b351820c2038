import { type AttemptSpan, attemptSpans } from './attemptSpans.ts';
import type { Facts, Violation } from './facts.ts';

/** No two attempts of a task run at the same time. */
export function oneHolder(facts: Facts): Violation[] {
  const byId = Map.groupBy(attemptSpans(facts), ({ id }) => id);
  return [...byId.values()].flatMap((spans) =>
    spans.flatMap((span, i) =>
      spans
        .slice(i + 1)
        .filter((later) => later.from < span.until)
        .map((later) => overlap(span, later)),
    ),
  );
}

function overlap(earlier: AttemptSpan, later: AttemptSpan): Violation {
  const ms = Math.min(earlier.until, later.until) - later.from;
  return {
    promise: 'never two holders at once',
    what:
      `${later.id}: attempt ${later.attempt} began in process ${later.pid} at ${later.from}, while attempt ` +
      `${earlier.attempt} ran in process ${earlier.pid} since ${earlier.from} (${ms} ms together)`,
  };
}
