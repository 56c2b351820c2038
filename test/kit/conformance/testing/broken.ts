import type { WorkerImplementation } from '@taskfleet/toolbox/contract';
import type { Rule } from '../rule.ts';
import type { SubjectOptions } from '../subject.ts';
import { type Findings, findingsOf } from './findingsOf.ts';
import { samples } from './mailWorker.ts';

/** A worker that breaks one rule, with what it is tried with. */
export interface Broken extends Partial<SubjectOptions> {
  readonly implementation: WorkerImplementation;
}

export type BrokenCase = readonly [what: string, rule: Rule, make: () => Broken, finding: RegExp];

export async function findingsOfBroken({ implementation, ...options }: Broken): Promise<Findings> {
  return findingsOf(implementation, { samples, ...options });
}
