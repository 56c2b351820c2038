import type { SideLogLine } from '../fleet/sideLog.ts';
import type { Facts, Life } from './facts.ts';

/** The time during which a handler ran and had the right to. Milliseconds since 1970. */
export interface AttemptSpan {
  readonly id: string;
  readonly attempt: number;
  readonly pid: number;
  readonly from: number;
  readonly until: number;
}

/**
 * The spans of all attempts that began, in the order of their beginning. A span ends with the first of: the handler's
 * end; the abort of its signal, after which what it does is fenced off; the death of its process; and, for a process that
 * was suspended, the part of the lease that it had at least left. A holder gives up while a sixth of the lease is left
 * and looks every twelfth, so one that had not given up had a twelfth at least.
 */
export function attemptSpans({ sideLog, lives, leaseMs }: Facts): AttemptSpan[] {
  const byPid = Map.groupBy(lives, ({ pid }) => pid);
  const byId = Map.groupBy(sideLog, ({ id }) => id);
  return sideLog
    .filter(({ kind }) => kind === 'begin')
    .map((begin) => ({
      id: begin.id,
      attempt: begin.attempt,
      pid: begin.pid,
      from: begin.at,
      until: Math.min(
        endOf(begin, byId.get(begin.id) ?? []),
        cutOf(begin, lifeAt(begin.at, byPid.get(begin.pid)), leaseMs / 12),
      ),
    }));
}

/** The operating system gives a process id again, once the process that had it is gone. */
function lifeAt(at: number, lives: readonly Life[] = []): Life | undefined {
  return lives.findLast(({ startedAt }) => startedAt <= at);
}

const ENDS = new Set(['aborted', 'returned', 'threw']);

function endOf(begin: SideLogLine, ofTask: readonly SideLogLine[]): number {
  const end = ofTask.find(
    ({ kind, pid, attempt, monotonic }) =>
      pid === begin.pid &&
      attempt === begin.attempt &&
      monotonic >= begin.monotonic &&
      ENDS.has(kind),
  );
  return end?.at ?? Infinity;
}

function cutOf({ at }: SideLogLine, life: Life | undefined, leftMs: number): number {
  const suspended = life?.suspensions.find(({ until = Infinity }) => until >= at);
  const cut = suspended ? Math.max(at, suspended.from + leftMs) : Infinity;
  return Math.min(cut, life?.endedAt ?? Infinity);
}
