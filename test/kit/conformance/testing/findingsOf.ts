import type { WorkerImplementation } from '@taskfleet/toolbox/contract';
import { RULES } from '../rules.ts';
import { createSubject, type Subject, type SubjectOptions } from '../subject.ts';

/** What each rule finds, by its name; rules that find nothing are left out. */
export type Findings = Readonly<Record<string, readonly string[]>>;

/** As testConformance takes them by itself. */
export const USUAL = { notSecret: [], timeoutMs: 30_000, graceMs: 5_000 } as const;

export async function findingsOf(
  implementation: WorkerImplementation,
  options: Partial<SubjectOptions> & Pick<SubjectOptions, 'samples'>,
): Promise<Findings> {
  await using closing = new AsyncDisposableStack();
  const subject = createSubject(implementation, { ...USUAL, ...options });
  closing.defer(subject.close);
  return findings(subject);
}

export async function findings(subject: Subject): Promise<Findings> {
  const found: [string, readonly string[]][] = [];
  for (const { name, check } of RULES) found.push([name, await check(subject)]);
  return Object.fromEntries(found.filter(([, problems]) => problems.length > 0));
}
