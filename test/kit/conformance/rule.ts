import type { Subject } from './subject.ts';

/** Something that every worker has to hold. */
export interface Rule {
  /** What is true of a healthy worker. */
  readonly name: string;
  /**
   * Resolves to everything that is wrong, each in a sentence that ends with how to mend it. A rule says nothing of what another says: a
   * task without a handler, for one, is not run.
   */
  readonly check: (subject: Subject) => Promise<readonly string[]>;
}
