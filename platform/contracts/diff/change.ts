/**
 * What a change does, the worst first. Careful: nothing fails when it is rolled out as its advice says. Unjudged: nothing tells, as of a
 * refinement.
 */
export const VERDICTS = ['breaking', 'unjudged', 'careful', 'compatible'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** One difference between two versions of a contract, for people as for programs. */
export interface Change {
  readonly verdict: Verdict;
  /** Name of the worker, or of the task where it is one's alone. */
  readonly subject: string;
  /** The field, such as `input.format`, or the option; nothing for the worker or task as a whole. */
  readonly place?: string;
  /** What has changed: `value "res" was removed`. */
  readonly what: string;
  /** What follows from it. */
  readonly consequence?: string;
  /** What to do. */
  readonly advice?: string;
}

/** What a rule says of a change, wherever it is. */
export type Judgement = Omit<Change, 'subject' | 'place'>;
