import { type Check, type Finding, kept, type Rule, type Severity } from '../check.ts';
import { makeAgain, type Place } from '../place.ts';
import type { Seen } from '../seen.ts';

/** What is to be decided of one rule, once what it is about has been seen. */
export interface Judged extends Rule {
  readonly isKept: boolean;
  readonly severity?: Severity;
  readonly cause: string;
  readonly mend: string;
}

export function judge({ subject, rule, isKept, severity = 'error', cause, mend }: Judged): Check {
  return isKept ? kept(subject, rule) : { subject, rule, verdict: severity, cause, mend };
}

/** A rule about something that emulators do not have. */
export function unlessLocal(
  { isLocal }: Place,
  rule: Rule,
  why: string,
  check: () => Check,
): Check {
  if (!isLocal) return check();
  return { ...rule, verdict: 'unchecked', cause: why, mend: 'ask the doctor of a deployed stage' };
}

/** That a resource is there; and if so, what follows from what was seen of it. */
export function examine<T>(
  subject: string,
  seen: Seen<T>,
  place: Place,
  rules: (value: T) => readonly Check[],
): readonly Check[] {
  const rule = 'is there';
  if (seen.kind === 'hidden') return [hidden({ subject, rule }, seen.reason)];
  if (seen.kind === 'seen') return [kept(subject, rule), ...rules(seen.value)];
  return [{ subject, rule, verdict: 'error', cause: 'it does not exist', mend: makeAgain(place) }];
}

/** A rule about a part of a resource; `undefined` when it has no such part. */
export function part<T>(rule: Rule, seen: Seen<T>, check: (value: T | undefined) => Check): Check {
  if (seen.kind === 'hidden') return hidden(rule, seen.reason);
  return check(seen.kind === 'seen' ? seen.value : undefined);
}

export function hidden(rule: Rule, reason: string): Finding {
  return {
    ...rule,
    verdict: 'unchecked',
    cause: reason,
    mend: 'give these credentials the rights of infra/permissions/operatorStatements.ts',
  };
}
