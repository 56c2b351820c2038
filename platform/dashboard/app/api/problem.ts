import type { Problem } from '../../../api/problem.ts';

/** Thrown for a request that was not granted; `unreachable` when nothing answered. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  /** Such as `id-unknown`. */
  get kind(): string {
    return this.problem.type.slice('urn:taskfleet:problem:'.length);
  }
}

export const UNREACHABLE: Problem = {
  type: 'urn:taskfleet:problem:unreachable',
  title: 'No answer',
  status: 0,
  detail: 'The platform does not answer. What you see may be old; it is asked again by itself.',
};

/** What to tell of whatever was thrown. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  return { ...UNREACHABLE, title: 'A defect of this page', detail: String(thrown) };
}
