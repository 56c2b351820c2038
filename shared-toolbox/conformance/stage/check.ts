/** What a rule is about, such as `queue of email`, and which rule it is. */
export interface Rule {
  readonly subject: string;
  readonly rule: string;
}

/** `error`: tasks are lost, late or refused, or soon will be. `warning`: they run. `unchecked`: nobody can tell from here. */
export const SEVERITIES = ['error', 'warning', 'unchecked'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A rule that is kept. */
export interface Kept extends Rule {
  readonly verdict: 'ok';
  /** What is worth telling all the same, such as how long it took. */
  readonly note?: string;
}

/** A rule that is not kept, or could not be checked. */
export interface Finding extends Rule {
  readonly verdict: Severity;
  readonly cause: string;
  /** What to do about it. */
  readonly mend: string;
}

/** One rule looked into. */
export type Check = Kept | Finding;

export function kept(subject: string, rule: string, note?: string): Kept {
  return { subject, rule, verdict: 'ok', ...(note !== undefined && { note }) };
}

export function isFinding(check: Check): check is Finding {
  return check.verdict !== 'ok';
}
